package io.millrace.runtime;

import com.lmax.disruptor.Sequence;
import io.millrace.spi.RowBatch;

/** Where one query stands in one lane. */
final class InletCursor {
  private final InletLane lane;
  private final Sequence done;
  private long slotSequence;
  private long consumed;
  private long end = Long.MAX_VALUE;
  private boolean closed;

  InletCursor(InletLane lane) {
    this.lane = lane;
    synchronized (lane) {
      this.consumed = lane.firstRowToRead();
      this.done = lane.attach();
      lane.begun();
    }
    this.slotSequence = done.get() + 1;
    leaveReadBlocks();
  }

  private void leaveReadBlocks() {
    while (isRead(slotSequence)) {
      done.set(slotSequence++);
    }
  }

  /** Reads what is there now and nothing that comes later. */
  void fixEnd() {
    end = lane.published();
  }

  /** Rows that may be lent, counted over the lane's life. */
  private long available() {
    return Math.min(end, lane.published());
  }

  /** Whether a block is full and all its rows were lent. */
  private boolean isRead(long sequence) {
    if (!lane.isClaimed(sequence)) {
      return false;
    }
    InletLane.Slot slot = lane.slot(sequence);
    return slot.sealedRows >= 0 && slot.firstRow + slot.sealedRows <= consumed;
  }

  boolean hasArrived() {
    if (available() > consumed) {
      return true;
    }
    if (lane.isFull()) {
      leaveReadBlocks();
    }
    return false;
  }

  /** Whether the writer waits for rows to be read. */
  boolean isFull() {
    return lane.isFull() && hasArrived();
  }

  long waiting() {
    return available() - consumed;
  }

  /** Lends the next rows of one block; rows lent before are given back to the writer. */
  boolean poll(RowBatch into, long maxRows) {
    long available = available();
    if (available == consumed) {
      return false;
    }
    leaveReadBlocks();
    InletLane.Slot slot = lane.slot(slotSequence);
    int from = (int) (consumed - slot.firstRow);
    long seen = available - slot.firstRow;
    int end = (int) (slot.sealedRows >= 0 ? Math.min(slot.sealedRows, seen) : seen);
    int to = from + (int) Math.min(end - from, maxRows);
    consumed += to - from;
    into.set(slot.block, from, to);
    return true;
  }

  /** Whether the writer is gone and all its rows were lent. */
  boolean isAtEnd() {
    return lane.isClosed() && lane.published() == consumed;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Ends the reading; the rows that were not lent wait for the next reader if this was the last.
   */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    leaveReadBlocks();
    lane.detach(done, consumed);
  }
}
