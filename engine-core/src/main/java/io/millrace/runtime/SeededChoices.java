package io.millrace.runtime;

import java.util.Random;
import java.util.UUID;

/**
 * What is left open in a session without threads, and decided by a seed: in which order the senders
 * of an inlet are looked at, where what has arrived is cut into batches, what queries are called.
 */
public final class SeededChoices {
  private static final int MANY = 4;

  private final Random random;
  private final boolean cuts;
  private final boolean replays;

  /**
   * @param cuts whether what has arrived is cut into batches; in one batch it is all that is there
   *     otherwise, and lanes are looked at in turn
   */
  public SeededChoices(long seed, boolean cuts) {
    this(seed, cuts, false);
  }

  private SeededChoices(long seed, boolean cuts, boolean replays) {
    this.random = new Random(seed);
    this.cuts = cuts;
    this.replays = replays;
  }

  /** Nothing is left open: queries do again what their checkpoints say, and take nothing new. */
  public static SeededChoices replaying() {
    return new SeededChoices(0, false, true);
  }

  /** Whether queries end when they have done what an earlier run left. */
  boolean replays() {
    return replays;
  }

  UUID newId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Which of the lanes comes first. */
  int firstLane(int lanes, int inTurn) {
    return cuts ? random.nextInt(lanes) : inTurn;
  }

  /** How many of the rows that wait belong to the next batch: often all, often few. */
  long batchRows(long waiting) {
    if (!cuts || waiting <= 1 || random.nextBoolean()) {
      return waiting;
    }
    long most = random.nextBoolean() ? Math.min(waiting, MANY) : waiting;
    return 1 + random.nextLong(most);
  }
}
