package io.millrace;

import io.millrace.spi.Clock;
import java.time.Duration;

/** Time that passes when a test says so. */
final class ManualClock implements Clock {
  private long us;
  private long ns;

  ManualClock(long startUs) {
    us = startUs;
  }

  synchronized void advance(Duration time) {
    us += time.toNanos() / 1_000;
    ns += time.toNanos();
  }

  /** Sets the wall clock, also back; meanwhile as much time passes as it jumps. */
  synchronized void set(long nowUs) {
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
