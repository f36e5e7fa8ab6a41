package io.millrace.perf.pace;

import org.HdrHistogram.Histogram;

/**
 * How late things were that were intended at some moment; those intended while the program warmed
 * up are left out. For one thread at a time; recording allocates nothing.
 */
public final class Delays {
  private static final long MAX_NS = 600_000_000_000L;
  private static final int LOGGED_DIGITS = 2;

  private final Histogram ns = new Histogram(MAX_NS, 3);
  private final long fromNs;

  /**
   * @param warmUpSeconds after the pace's start
   */
  public Delays(double warmUpSeconds) {
    this.fromNs = (long) (warmUpSeconds * 1e9);
    ns.setStartTimeStamp(System.currentTimeMillis());
  }

  /** Both in nanoseconds after the pace's start. */
  public void record(long intendedNs, long happenedNs) {
    if (intendedNs >= fromNs) {
      ns.recordValue(Math.clamp(happenedNs - intendedNs, 0L, MAX_NS));
    }
  }

  public Percentiles percentiles() {
    return Percentiles.of(ns);
  }

  /**
   * A copy with fewer digits, which is small in a file.
   *
   * @param tag its name in a {@link HistogramLog}
   */
  public Histogram histogram(String tag) {
    Histogram copy = new Histogram(MAX_NS, LOGGED_DIGITS);
    copy.add(ns);
    copy.setEndTimeStamp(System.currentTimeMillis());
    copy.setTag(tag);
    return copy;
  }
}
