package io.millrace.runtime;

import io.millrace.spi.Clock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets the query's thread sleep until there is something to do. Who brings work makes it visible
 * first, with a volatile write, and calls {@link #wake} after it; who goes to sleep says so first
 * and looks for work after it: one of the two sees the other.
 */
final class Waker {
  private final Clock clock;
  private volatile Thread sleeper;

  /** Written once per sleep by whoever ends it, before the sleeper reads it. */
  private volatile long wokenNs = Long.MIN_VALUE;

  Waker(Clock clock) {
    this.clock = clock;
  }

  /** Ends a sleep; costs a read if nobody sleeps. */
  void wake() {
    Thread thread = sleeper;
    if (thread != null) {
      wokenNs = clock.nanoTime();
      LockSupport.unpark(thread);
    }
  }

  /** When work came that ended a sleep, in the clock's nanoseconds; long ago if none has. */
  long wokenNs() {
    return wokenNs;
  }

  /**
   * Sleeps until woken or until then, or for a shorter time.
   *
   * @param untilNs in the clock's nanoseconds, or {@link Planner#NEVER}
   * @param hasWork looked at after the sleep was announced
   */
  void sleep(long untilNs, BooleanSupplier hasWork) {
    sleeper = Thread.currentThread();
    try {
      if (hasWork.getAsBoolean()) {
        return;
      }
      if (untilNs == Planner.NEVER) {
        LockSupport.park(this);
      } else {
        long waitNs = untilNs - clock.nanoTime();
        if (waitNs > 0) {
          LockSupport.parkNanos(this, waitNs);
        }
      }
    } finally {
      sleeper = null;
    }
  }
}
