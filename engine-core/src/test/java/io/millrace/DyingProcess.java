package io.millrace;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/** A process that dies at a crash point: nothing that it does from then on changes a disk. */
final class DyingProcess implements CrashPoints {
  static final String DEATH = "the process is dead";

  private final CrashPoint point;
  private int hitsLeft;
  private boolean dead;

  private DyingProcess(CrashPoint point, int hit) {
    this.point = point;
    this.hitsLeft = hit;
  }

  /**
   * @param hit 1 for the first time that the point is reached
   */
  static DyingProcess at(CrashPoint point, int hit) {
    return new DyingProcess(point, hit);
  }

  static DyingProcess never() {
    return new DyingProcess(null, 0);
  }

  @Override
  public synchronized void reached(CrashPoint reached) {
    requireAlive();
    if (reached == point && --hitsLeft == 0) {
      dead = true;
      requireAlive();
    }
  }

  /** A dead process has no effects of any kind. */
  synchronized void requireAlive() {
    if (dead) {
      throw new MillraceException(ErrorCode.RESOURCES, DEATH);
    }
  }

  synchronized boolean isDead() {
    return dead;
  }
}
