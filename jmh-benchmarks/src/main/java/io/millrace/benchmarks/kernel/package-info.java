/** One kernel at a time, beside the memory's own speed. */
package io.millrace.benchmarks.kernel;
