package io.millrace.runtime;

import io.millrace.spi.Clock;
import java.time.Duration;

/**
 * How often sources that must be asked for new input are asked while they have none: after a fixed
 * delay, or ten times what asking takes, so that a folder of a hundred thousand files does not keep
 * a core busy.
 */
final class PollPacing {
  private static final long MAX_SHARE_OF_TIME = 10;

  private final Clock clock;
  private final long delayNs;
  private final boolean needed;
  private long startedNs;
  private long nextPollNs;

  /**
   * @param needed whether there is a source that must be asked
   */
  PollPacing(Clock clock, Duration delay, boolean needed) {
    this.clock = clock;
    this.delayNs = delay.toNanos();
    this.needed = needed;
    this.nextPollNs = clock.nanoTime();
  }

  /** Whether to ask now; notes when the asking began. */
  boolean isDue() {
    if (!needed) {
      return false;
    }
    startedNs = clock.nanoTime();
    return startedNs - nextPollNs >= 0;
  }

  /** Notes that sources were asked, and whether there was input. */
  void polled(boolean found) {
    long nowNs = clock.nanoTime();
    nextPollNs = found ? nowNs : nowNs + Math.max(delayNs, MAX_SHARE_OF_TIME * (nowNs - startedNs));
  }

  /** Makes asking due. */
  void pollNow() {
    nextPollNs = clock.nanoTime();
  }

  /** Whether there are sources that must be asked. */
  boolean isNeeded() {
    return needed;
  }

  /** In the clock's nanoseconds; {@link Planner#NEVER} if no source must be asked. */
  long nextPollNs() {
    return needed ? nextPollNs : Planner.NEVER;
  }
}
