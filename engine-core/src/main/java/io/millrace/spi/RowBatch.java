package io.millrace.spi;

import io.millrace.vector.column.Block;

/**
 * A view of consecutive rows of a block, lent for the time of a call. Reused.
 *
 * <p>Row numbers count a query's output rows within an epoch, from 0, and are the same when the
 * epoch runs again.
 */
public final class RowBatch {
  private Block block;
  private int from;
  private int to;
  private long epoch;
  private long firstRowNumber;
  private String producer;
  private long firstSequence;

  public RowBatch set(Block block, int fromInclusive, int toExclusive) {
    this.block = block;
    this.from = fromInclusive;
    this.to = toExclusive;
    return this;
  }

  public RowBatch number(long epoch, long firstRowNumber) {
    this.epoch = epoch;
    this.firstRowNumber = firstRowNumber;
    return this;
  }

  /** Says who sent the rows; see {@link #producer}. */
  public RowBatch sentBy(String producer, long firstSequence) {
    this.producer = producer;
    this.firstSequence = firstSequence;
    return this;
  }

  public Block block() {
    return block;
  }

  /** First row, an index into the block. */
  public int from() {
    return from;
  }

  /** Behind the last row, an index into the block. */
  public int to() {
    return to;
  }

  public int size() {
    return to - from;
  }

  public long epoch() {
    return epoch;
  }

  /** Number within the epoch of the row at {@link #from}. */
  public long firstRowNumber() {
    return firstRowNumber;
  }

  /** Of a live source's rows: the sender's name; null if it has none. */
  public String producer() {
    return producer;
  }

  /** The sender's own number of the row at {@link #from}, where it has a name. */
  public long firstSequence() {
    return firstSequence;
  }
}
