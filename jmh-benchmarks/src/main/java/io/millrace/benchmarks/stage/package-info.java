/** Fused stages of one pipeline on data in memory, without source, sink or threads. */
package io.millrace.benchmarks.stage;
