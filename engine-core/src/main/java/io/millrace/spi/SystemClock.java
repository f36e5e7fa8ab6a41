package io.millrace.spi;

import java.time.Instant;

/**
 * The machine's clocks. The wall clock is read by the monotonic one, which makes no object, as long
 * as the two have gone on side by side; when one of them was set, or slept, or they have drifted by
 * a millisecond, the distance between them is taken anew.
 */
final class SystemClock implements Clock {
  private static final long MAX_OFF_US = 1_500;
  private static final long HALF_MILLISECOND_US = 500;

  /** Between two looks at the clocks that count as one. */
  private static final long MAX_GAP_NS = 20_000;

  /** The wall clock less the monotonic one; any thread's distance is as good as another's. */
  private volatile long distanceNs;

  @Override
  public long nowUs() {
    long us = Math.floorDiv(System.nanoTime() + distanceNs, 1_000L);
    long offUs = us - (System.currentTimeMillis() * 1_000 + HALF_MILLISECOND_US);
    return Math.abs(offUs) <= MAX_OFF_US ? us : measuredUs();
  }

  private long measuredUs() {
    long beforeNs = System.nanoTime();
    Instant now = Instant.now();
    if (System.nanoTime() - beforeNs < MAX_GAP_NS) {
      distanceNs = now.getEpochSecond() * 1_000_000_000L + now.getNano() - beforeNs;
    }
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
