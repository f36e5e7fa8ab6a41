package io.millrace.perf.pace;

/**
 * When each row of a load is to be sent, whether or not the rows before it have been: a row that is
 * late is late from its own moment on, and waits for nobody.
 */
public final class Pace {
  private static final long SECOND_NS = 1_000_000_000L;

  private final long startNs;
  private final long rowsPerSecond;

  /**
   * @param startNs of the first row, as {@link System#nanoTime} counts
   */
  public Pace(long startNs, long rowsPerSecond) {
    this.startNs = startNs;
    this.rowsPerSecond = rowsPerSecond;
  }

  /** A pace that begins a little from now. */
  public static Pace soon(long rowsPerSecond) {
    return new Pace(System.nanoTime() + SECOND_NS / 10, rowsPerSecond);
  }

  public long startNs() {
    return startNs;
  }

  /** Rows of that many seconds. */
  public long rows(double seconds) {
    return (long) (rowsPerSecond * seconds);
  }

  /** When a row is to be sent, in nanoseconds after the start. */
  public long intendedNs(long row) {
    return row / rowsPerSecond * SECOND_NS + row % rowsPerSecond * SECOND_NS / rowsPerSecond;
  }

  /** The row that is to be sent then, the opposite of {@link #intendedNs}. */
  public long row(long intendedNs) {
    return intendedNs / SECOND_NS * rowsPerSecond
        + Math.ceilDiv(intendedNs % SECOND_NS * rowsPerSecond, SECOND_NS);
  }

  /** Nanoseconds since the start. */
  public long elapsedNs() {
    return System.nanoTime() - startNs;
  }

  /**
   * Spins until then.
   *
   * @param intendedNs after the start
   * @return when that was noticed, after the start
   */
  public long await(long intendedNs) {
    long nowNs = elapsedNs();
    while (nowNs < intendedNs) {
      Thread.onSpinWait();
      nowNs = elapsedNs();
    }
    return nowNs;
  }
}
