package io.millrace.physical;

/**
 * Numbers the blocks of a pipeline's rows, so that of any two rows the one that came first has the
 * lower number. Numbers only order; how far apart they are depends on how input was cut.
 */
public final class RowNumbers {
  private long current;
  private long next;

  /** A block of that many rows comes. */
  public void begin(long rows) {
    current = next;
    next += rows;
  }

  /** The number of row 0 of the block at hand. */
  public long current() {
    return current;
  }

  /** The number that row 0 of the next block will have. */
  long next() {
    return next;
  }

  /** Every later row has at least that number. */
  void startAt(long number) {
    next = Math.max(next, number);
  }
}
