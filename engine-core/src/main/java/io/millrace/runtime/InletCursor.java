package io.millrace.runtime;

import com.lmax.disruptor.Sequence;
import io.millrace.spi.RowBatch;

/**
 * Where one query stands in one lane. Rows are lent until the next call, and blocks given back to
 * the writer when all their rows are done with: lent, or, for a query with a checkpoint, safe. What
 * was lent and is not safe when the query ends waits for the next one.
 */
final class InletCursor {
  private final InletLane lane;
  private final SenderPosition sender;
  private final boolean keeps;
  private final Sequence done;

  /** The sender's lane before this one, until all its rows were lent. */
  private InletCursor before;

  /** The first block that was not given back. */
  private long held;

  /** The block that is being read. */
  private long reading;

  /** Rows that were lent or left out, counted over the lane's life. */
  private long consumed;

  /** Those of them that need not come again. */
  private long safe;

  private long end = Long.MAX_VALUE;
  private boolean closed;

  /**
   * @param sender null if it has no name
   * @param keeps whether rows are kept until {@link #safe}
   */
  InletCursor(InletLane lane, SenderPosition sender, boolean keeps) {
    this.lane = lane;
    this.sender = sender;
    this.keeps = keeps;
    synchronized (lane) {
      this.consumed = lane.firstRowToRead();
      this.done = lane.attach();
      lane.begun();
    }
    this.safe = consumed;
    this.held = done.get() + 1;
    this.reading = held;
    if (sender != null) {
      before = sender.last;
      sender.last = this;
    }
    giveBack();
  }

  private void giveBack() {
    long past = keeps ? safe : consumed;
    while (isBefore(held, past)) {
      done.set(held++);
    }
    reading = Math.max(reading, held);
  }

  /** Reads what is there now and nothing that comes later. */
  void fixEnd() {
    end = lane.published();
  }

  /** Rows that may be lent, counted over the lane's life. */
  private long available() {
    return Math.min(end, lane.published());
  }

  /** Whether a block is full and its last row comes before that one. */
  private boolean isBefore(long sequence, long row) {
    if (!lane.isClaimed(sequence)) {
      return false;
    }
    InletLane.Slot slot = lane.slot(sequence);
    return slot.sealedRows >= 0 && slot.firstRow + slot.sealedRows <= row;
  }

  /** Leaves out the rows that the query has already, of a sender who sends them again. */
  private void leaveOutKnown() {
    if (sender != null && nextNumber() <= sender.taken) {
      boolean allSafe = safe == consumed && sender.isAllSafe();
      consumed = Math.min(available(), sender.taken + 1 - lane.firstSequence());
      safe = allSafe ? consumed : safe;
    }
  }

  /** The sender's number of the row that comes next. */
  long nextNumber() {
    return lane.firstSequence() + consumed;
  }

  /** Whether rows that the sender has sent before, through another writer, come first. */
  private boolean isWaitingForOthers() {
    if (before != null && !before.isWaitingForOthers() && before.isAtEnd()) {
      before = null;
    }
    return before != null;
  }

  boolean hasArrived() {
    leaveOutKnown();
    if (available() > consumed) {
      return true;
    }
    if (lane.isFull()) {
      giveBack();
    }
    return false;
  }

  /** Whether the writer waits for rows to be read. */
  boolean isFull() {
    return lane.isFull() && hasArrived();
  }

  /** How many rows may wait. */
  long capacityRows() {
    return lane.capacityRows();
  }

  /** How many rows will be lent of those that are there. */
  long waiting() {
    long first = consumed;
    if (sender != null) {
      long taken = isWaitingForOthers() ? before.lastNumber() : sender.taken;
      first = Math.max(first, taken + 1 - lane.firstSequence());
    }
    return Math.max(0, available() - first);
  }

  /** What the query has of the sender when it has read this lane, which is closed. */
  private long lastNumber() {
    long earlier = isWaitingForOthers() ? before.lastNumber() : sender.taken;
    return Math.max(earlier, lane.firstSequence() + lane.published() - 1);
  }

  /** Lends the next rows of one block; rows lent before are given back to the writer. */
  boolean poll(RowBatch into, long maxRows) {
    if (before != null && isWaitingForOthers()) {
      return false;
    }
    leaveOutKnown();
    long available = available();
    if (available == consumed) {
      return false;
    }
    giveBack();
    while (isBefore(reading, consumed)) {
      reading++;
    }
    InletLane.Slot slot = lane.slot(reading);
    int from = (int) (consumed - slot.firstRow);
    long seen = available - slot.firstRow;
    int end = (int) (slot.sealedRows >= 0 ? Math.min(slot.sealedRows, seen) : seen);
    int to = from + (int) Math.min(end - from, maxRows);
    if (sender != null) {
      into.sentBy(lane.producer(), nextNumber());
      sender.taken = nextNumber() + (to - from) - 1;
    }
    consumed += to - from;
    into.set(slot.block, from, to);
    return true;
  }

  /** All rows that were lent will not be lost; they are given back with the next call. */
  void safe() {
    safe = consumed;
    if (sender != null) {
      sender.safeNow();
    }
  }

  /** Whether the writer is gone and all its rows were lent. */
  boolean isAtEnd() {
    if (!lane.isEnded()) {
      return false;
    }
    leaveOutKnown();
    return lane.published() == consumed;
  }

  /** Whether no more rows will come than are there. */
  boolean isEnded() {
    return lane.isEnded();
  }

  /** Whether nothing of the lane is needed any more. */
  boolean isDone() {
    return isAtEnd() && (!keeps || safe == consumed);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Ends the reading; the rows that the query is not done with wait for the next reader if this was
   * the last.
   */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    giveBack();
    lane.detach(done, keeps ? safe : consumed);
  }
}
