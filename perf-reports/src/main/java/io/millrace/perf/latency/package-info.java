/** How long rows take from an application's thread to its callback. */
package io.millrace.perf.latency;
