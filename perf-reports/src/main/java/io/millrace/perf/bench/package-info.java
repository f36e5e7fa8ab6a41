/** Millrace and other engines side by side: the same workloads over the same files. */
package io.millrace.perf.bench;
