package io.millrace;

import io.millrace.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Time that passes when a test says so. What waits for it, triggers for example, looks at it in the
 * next step of its query. Safe for use by several threads.
 */
public final class ManualClock implements Clock {
  private long us;
  private long ns;

  /** It is 1970-01-01T00:00:00Z. */
  public ManualClock() {
    this(0);
  }

  /**
   * @param startUs microseconds since 1970
   */
  public ManualClock(long startUs) {
    us = startUs;
  }

  public ManualClock(Instant start) {
    this(us(start));
  }

  private static long us(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  /** Lets time pass; also {@link #nanoTime} moves by it. */
  public synchronized void advance(Duration time) {
    us += time.toNanos() / 1_000;
    ns += time.toNanos();
  }

  /** Sets the wall clock, also back; as much time passes as it jumps. */
  public void setTime(Instant now) {
    setTime(us(now));
  }

  /**
   * Sets the wall clock, also back; as much time passes as it jumps.
   *
   * @param nowUs microseconds since 1970
   */
  public synchronized void setTime(long nowUs) {
    ns += Math.abs(nowUs - us) * 1_000;
    us = nowUs;
  }

  @Override
  public synchronized long nowUs() {
    return us;
  }

  @Override
  public synchronized long nanoTime() {
    return ns;
  }
}
