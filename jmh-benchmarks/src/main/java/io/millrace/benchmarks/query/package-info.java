/** Whole queries through the public API. */
package io.millrace.benchmarks.query;
