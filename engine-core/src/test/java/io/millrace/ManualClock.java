package io.millrace;

import io.millrace.spi.Clock;
import java.time.Duration;

/** Time that passes when a test says so. */
final class ManualClock implements Clock {
  private volatile long us;
  private volatile long ns;

  ManualClock(long startUs) {
    us = startUs;
  }

  void advance(Duration time) {
    us += time.toNanos() / 1_000;
    ns += time.toNanos();
  }

  /** Sets the wall clock, also back; meanwhile as much time passes as it jumps. */
  void set(long nowUs) {
    ns += Math.abs(nowUs - us) * 1_000;
    us = nowUs;
  }

  @Override
  public long nowUs() {
    return us;
  }

  @Override
  public long nanoTime() {
    return ns;
  }
}
