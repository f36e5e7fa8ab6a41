package io.millrace.vector.time;

/** Lengths in microseconds. */
final class TimeUnits {
  static final long MILLISECOND_US = 1_000L;
  static final long SECOND_US = 1_000_000L;
  static final long MINUTE_US = 60 * SECOND_US;
  static final long HOUR_US = 60 * MINUTE_US;
  static final long DAY_US = 24 * HOUR_US;
  static final long WEEK_US = 7 * DAY_US;

  private TimeUnits() {}
}
