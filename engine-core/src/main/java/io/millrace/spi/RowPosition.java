package io.millrace.spi;

/**
 * A row of a query's output, as {@link RowBatch} numbers it: the same at every run of the epoch.
 *
 * @param rowNumber within the epoch, from 0
 */
public record RowPosition(long epoch, long rowNumber) {
  /** Before the first row. */
  public static final RowPosition START = new RowPosition(-1, -1);
}
