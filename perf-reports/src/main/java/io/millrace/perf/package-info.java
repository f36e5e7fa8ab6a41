/**
 * Measures the engine on whole workloads and publishes what came out; one main class per report.
 */
package io.millrace.perf;
