package io.millrace.spi;

/** A source whose rows exist once: application threads, sockets. It never blocks. */
public non-sealed interface LiveSource extends Source {
  /**
   * The rows that have arrived and were not handed out, without a gap: a block and the range of its
   * rows, good until the next call.
   *
   * @param maxRows at most that many
   * @return false if there are none now
   */
  boolean poll(RowBatch into, long maxRows);

  /**
   * Records that became no row and were not handed out before, without a gap: a block with the
   * columns of rejects and the range of its rows, good until the next call.
   *
   * @return false if there are none now
   */
  default boolean pollRejects(RowBatch into) {
    return false;
  }

  /** Whether {@link #pollRejects} would give any. */
  default boolean hasRejects() {
    return false;
  }

  /** How many rows have arrived and can be polled. */
  long waiting();

  /** Whether a sender waits for room: more rows will not come before some are handed out. */
  default boolean isFull() {
    return false;
  }

  /** Whether there are any, or rejects; cheaper than {@link #waiting}. */
  boolean hasArrived();

  /**
   * Called before the first {@link #poll} of a query with a checkpoint, once per sender with a
   * name: its rows up to that number are safe, and must not come again.
   */
  default void restore(String producer, long safeSequence) {}

  /**
   * All rows that were polled so far will not be lost: senders may be told. Only called for a query
   * with a checkpoint.
   */
  default void safe() {}

  /** The query ends because of that; {@link #close} follows. */
  default void failed(Throwable cause) {}

  /** The query starts, once all else is made: rows may begin to come. Not called for explain. */
  default void start() {}

  /**
   * Called once: wakes the query's thread up when something arrives after it said it would sleep.
   */
  void onArrival(Runnable wakeUp);
}
