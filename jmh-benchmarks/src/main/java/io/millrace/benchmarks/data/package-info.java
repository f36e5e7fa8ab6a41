/** Seeded data with known answers, for the benchmarks here and the reports. */
package io.millrace.benchmarks.data;
