package io.millrace.benchmarks.data;

/**
 * What the alerts over some readings must come to.
 *
 * @param rows readings
 * @param alerts those above 100 degrees
 * @param checksum of the alerts, as {@link AlertChecksum} takes it
 */
public record Answer(long rows, long alerts, long checksum) {
  public static final Answer NONE = new Answer(0, 0, 0);

  public Answer plus(Answer other) {
    return new Answer(rows + other.rows, alerts + other.alerts, checksum + other.checksum);
  }

  /** The answer for that many times the same readings. */
  public Answer times(long passes) {
    return new Answer(rows * passes, alerts * passes, checksum * passes);
  }

  /**
   * @throws IllegalStateException if the other one is different
   */
  public void requireSame(Answer computed) {
    if (!equals(computed)) {
      throw new IllegalStateException("wrong result: " + computed + ", expected " + this);
    }
  }
}
