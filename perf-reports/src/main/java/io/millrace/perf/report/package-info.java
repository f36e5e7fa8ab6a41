/** Figures as a folder to publish: raw JSON and a table. */
package io.millrace.perf.report;
