package io.millrace.state.storage;

/** Crashes the n-th time a point is reached, once. */
public final class CrashAt implements CrashPoints {
  /** Stands for the end of the process. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(CrashPoint point) {
      super("crash at " + point);
    }
  }

  private final CrashPoint point;
  private int hitsLeft;

  /**
   * @param hit 1 for the first time
   */
  public CrashAt(CrashPoint point, int hit) {
    this.point = point;
    this.hitsLeft = hit;
  }

  @Override
  public void reached(CrashPoint reached) {
    if (reached == point && --hitsLeft == 0) {
      throw new Crash(point);
    }
  }

  public boolean crashed() {
    return hitsLeft <= 0;
  }
}
