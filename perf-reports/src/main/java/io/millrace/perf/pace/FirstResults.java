package io.millrace.perf.pace;

import java.util.function.LongConsumer;

/**
 * Which rows a result is the first for. An engine that is late may give one result for several rows
 * of a device, and each of them has waited since its own moment. For one thread at a time.
 */
public final class FirstResults {
  private static final int ROWS_APART = 2 * Devices.COUNT;

  private final Pace pace;
  private final long[] waiting = new long[Devices.COUNT];

  public FirstResults(Pace pace) {
    this.pace = pace;
    for (int device = 0; device < Devices.COUNT; device++) {
      waiting[device] = 2L * device;
    }
  }

  /**
   * A result has come.
   *
   * @param latestNs moment of the latest row in it, as all moments in nanoseconds after the start
   * @param moments gets that of each row for which it is the first
   */
  public void until(long latestNs, LongConsumer moments) {
    long latest = pace.row(latestNs);
    int device = (int) ((latest >> 1) % Devices.COUNT);
    for (; waiting[device] <= latest; waiting[device] += ROWS_APART) {
      moments.accept(pace.intendedNs(waiting[device]));
    }
  }
}
