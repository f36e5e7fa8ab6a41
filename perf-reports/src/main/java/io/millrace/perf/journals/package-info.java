/** What journals cost: appends, commits, epochs, starts, and room on the disk. */
package io.millrace.perf.journals;
