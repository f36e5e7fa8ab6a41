package io.millrace.runtime;

/**
 * What a trigger is to the query's loop: it decides when input is taken in and where epochs end.
 */
interface Planner {
  /** A wake-up time that is never reached. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Takes in what there is to take in now, without waiting for more.
   *
   * @return the number of records; -1 if there was nothing to do
   */
  long step();

  /** Whether the query has come to its end. */
  boolean ended();

  /**
   * When there may be something to do even if no live source wakes the query, in the clock's
   * nanoseconds.
   */
  long wakeUpNs();

  /**
   * Whether a live source's rows would be taken in by the next step: not while waiting for a point
   * in time.
   */
  boolean isAwaitingArrivals();

  /** Whether the next step has something to do because of what live sources brought. */
  boolean hasWork();

  /**
   * Lets the next step ask all sources, however short ago they were asked, and end the epoch at
   * hand if they have nothing new: somebody waits for it.
   */
  void pollNow();

  /**
   * The query is stopped between two steps: an epoch that is under way ends here, so that none of
   * its rows comes a second time after the next start.
   */
  void finish();

  /** The query is over, its parts are closed: tells of what became safe meanwhile. */
  default void settle() {}

  /** The epoch at hand, or the next one. */
  long epoch();
}
