package io.millrace.runtime;

/**
 * How far one query has come with one sender that has a name, in the sender's own numbers. A
 * sender's lanes are read one after the other, so one number says it all.
 */
final class SenderPosition {
  /** Number of the last row that was taken in; belongs to the query's thread while it runs. */
  long taken;

  /** Number of the last row that will not be lost. */
  private volatile long safe;

  /** The sender's last lane, as the query reads it. */
  InletCursor last;

  SenderPosition(long taken) {
    restore(taken);
  }

  /** The query goes on behind that number. */
  void restore(long number) {
    taken = number;
    safe = number;
  }

  /** All that was taken in is safe. */
  void safeNow() {
    if (safe != taken) {
      safe = taken;
    }
  }

  /** Whether all that was taken in is safe; on the query's thread. */
  boolean isAllSafe() {
    return safe == taken;
  }

  long safe() {
    return safe;
  }
}
