package io.millrace.vector.time;

import io.millrace.vector.column.Memory;

/**
 * Starts of event-time windows, microseconds; nulls are not looked at. Times before 1970 fall into
 * windows by floor division. Where a start would lie before the earliest timestamp, it is that.
 */
public final class WindowStart {
  private WindowStart() {}

  /**
   * For each row of from..to the start of the last window that begins at or before its time: the
   * only one if windows do not overlap. Divides only where a row leaves the window of the row
   * before.
   *
   * @param times address of the times
   * @param slideUs distance between starts
   * @param startUs where one of them lies, from 0, less than the slide
   * @param result address of one 64-bit cell per row
   */
  public static void last(long times, int from, int to, long slideUs, long startUs, long result) {
    long start = 1;
    long end = 0; // exclusive, and before the start: the first row divides
    for (int row = from; row < to; row++) {
      long time = Memory.getLong(times + 8L * row);
      if (time < start || time >= end) {
        start = of(time, slideUs, startUs);
        end = start > Long.MAX_VALUE - slideUs ? Long.MAX_VALUE : start + slideUs;
      }
      Memory.putLong(result + 8L * row, start);
    }
  }

  /** The start of the last window that begins at or before a time. */
  public static long of(long timeUs, long slideUs, long startUs) {
    long into = Math.floorMod(timeUs, slideUs) - startUs;
    long offset = into < 0 ? into + slideUs : into;
    return timeUs < Long.MIN_VALUE + offset ? Long.MIN_VALUE : timeUs - offset;
  }
}
