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

  /** How many rows have arrived and can be polled. */
  long waiting();

  /** Whether a sender waits for room: more rows will not come before some are handed out. */
  default boolean isFull() {
    return false;
  }

  /** Whether there are any; cheaper than {@link #waiting}. */
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

  /**
   * Called once: wakes the query's thread up when something arrives after it said it would sleep.
   */
  void onArrival(Runnable wakeUp);
}
