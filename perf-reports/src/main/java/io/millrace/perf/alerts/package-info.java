/** Alerts over JSON lines: data, cold pass, steady rate, start-up, and the limits beside them. */
package io.millrace.perf.alerts;
