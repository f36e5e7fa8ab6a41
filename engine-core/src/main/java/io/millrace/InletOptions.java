package io.millrace;

import io.millrace.types.AnalysisException;

/**
 * How much an inlet holds and what happens beyond.
 *
 * @param capacityRows rows that may wait for the slowest query
 */
public record InletOptions(int capacityRows, WhenFull whenFull) {
  private static final int DEFAULT_CAPACITY_ROWS = 1 << 16;

  /** What an append does when the inlet is full. */
  public enum WhenFull {
    /**
     * Waits for room; returns {@link InletWriter#FULL} where waiting could never end: inside a
     * callback and on a thread that polls.
     */
    BLOCK,
    /** Returns {@link InletWriter#FULL}. */
    RETURN_FULL,
    /** Drops the row, counts it and returns {@link InletWriter#FULL}. */
    DROP
  }

  public InletOptions {
    if (capacityRows < 1) {
      throw new AnalysisException(
          "inlet: capacityRows is " + capacityRows + ", it must be at least 1");
    }
  }

  /** Room for 65,536 rows; appending waits for more. */
  public static InletOptions defaults() {
    return new InletOptions(DEFAULT_CAPACITY_ROWS, WhenFull.BLOCK);
  }

  public InletOptions withCapacityRows(int rows) {
    return new InletOptions(rows, whenFull);
  }

  public InletOptions withWhenFull(WhenFull policy) {
    return new InletOptions(capacityRows, policy);
  }
}
