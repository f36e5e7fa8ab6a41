/** What windows and their state cost. */
package io.millrace.perf.windows;
