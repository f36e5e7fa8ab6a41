package io.millrace.perf.pace;

/**
 * Event time of a load's rows. While the program warms up it runs faster than the clock, so that
 * windows close often enough for what closes them to be compiled; then at the clock's speed.
 */
public final class EventTime {
  private static final long WARM_UP_SPEED = 100;

  private final long warmUpNs;

  public EventTime(double warmUpSeconds) {
    this.warmUpNs = (long) (warmUpSeconds * 1e9);
  }

  /**
   * Of a row that is to be sent then, both in nanoseconds after the pace's start; below zero for
   * the first rows.
   */
  public long ns(long intendedNs) {
    return intendedNs >= warmUpNs ? intendedNs : warmUpNs - (warmUpNs - intendedNs) * WARM_UP_SPEED;
  }
}
