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
   * Called once: wakes the query's thread up when something arrives after it said it would sleep.
   */
  void onArrival(Runnable wakeUp);
}
