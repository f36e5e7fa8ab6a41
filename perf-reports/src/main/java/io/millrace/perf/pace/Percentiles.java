package io.millrace.perf.pace;

import org.HdrHistogram.Histogram;

/** Of times in nanoseconds; zeros if there were none. */
public record Percentiles(long p50, long p90, long p99, long p999, long max, long count) {
  public static Percentiles of(Histogram ns) {
    return new Percentiles(
        ns.getValueAtPercentile(50),
        ns.getValueAtPercentile(90),
        ns.getValueAtPercentile(99),
        ns.getValueAtPercentile(99.9),
        ns.getMaxValue(),
        ns.getTotalCount());
  }
}
