package io.millrace;

import io.millrace.types.AnalysisException;

/**
 * How much an inlet holds and what happens beyond.
 *
 * @param capacityRows rows of a writer that may wait for the slowest query; rounded up to two
 *     blocks or more, of at most 4,096 rows each
 */
public record InletOptions(int capacityRows, WhenFull whenFull) {
  private static final int DEFAULT_CAPACITY_ROWS = 1 << 16;

  /** What an append does when the inlet is full. */
  public enum WhenFull {
    /**
     * Waits for room. It returns {@link InletWriter#FULL} where waiting could never end: inside a
     * callback of any query, and on a thread that polls one while it does. It waits on when no
     * query reads the inlet, because none was started yet or the last one was stopped, until one is
     * started, the inlet is closed ({@link InletWriter#CLOSED}) or the thread is interrupted. When
     * the last query that read the inlet has failed, it throws that failure instead of waiting for
     * ever; rows that the inlet holds wait for the next query.
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
