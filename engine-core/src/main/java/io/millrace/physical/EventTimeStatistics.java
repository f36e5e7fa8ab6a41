package io.millrace.physical;

import java.math.BigInteger;

/** What one thread saw of one input's event times since the last {@link #reset}. */
public final class EventTimeStatistics {
  private long rows;
  private long minUs;
  private long maxUs;
  private long sumHigh;
  private long sumLow;
  private long nullRows;
  private long futureRows;

  public EventTimeStatistics() {
    reset();
  }

  public void reset() {
    rows = 0;
    minUs = Long.MAX_VALUE;
    maxUs = Long.MIN_VALUE;
    sumHigh = 0;
    sumLow = 0;
    nullRows = 0;
    futureRows = 0;
  }

  /**
   * Adds a block's. Its sum comes in two halves, since a {@code long} would overflow and a {@code
   * double} be seconds wrong after some millions of rows.
   *
   * @param high sum of the upper 32 bits of each time, signed
   * @param low sum of the lower 32 bits, unsigned
   */
  void add(long count, long min, long max, long high, long low) {
    rows += count;
    minUs = Math.min(minUs, min);
    maxUs = Math.max(maxUs, max);
    sumHigh += high + (low >>> 32);
    sumLow += low & 0xFFFF_FFFFL;
  }

  void addNulls(long count) {
    nullRows += count;
  }

  void addFuture(long count) {
    futureRows += count;
  }

  /** Adds what another thread saw. */
  public void add(EventTimeStatistics other) {
    add(other.rows, other.minUs, other.maxUs, other.sumHigh, other.sumLow);
    nullRows += other.nullRows;
    futureRows += other.futureRows;
  }

  /** Rows with an event time that counts. */
  public long rows() {
    return rows;
  }

  public long minUs() {
    return minUs;
  }

  public long maxUs() {
    return maxUs;
  }

  /** Rounded towards 0; there must be {@link #rows}. */
  public long averageUs() {
    return BigInteger.valueOf(sumHigh)
        .shiftLeft(32)
        .add(BigInteger.valueOf(sumLow))
        .divide(BigInteger.valueOf(rows))
        .longValueExact();
  }

  /** Rows whose event time is null. */
  public long nullRows() {
    return nullRows;
  }

  /** Rows put aside because their event time lay too far ahead of their arrival. */
  public long futureRows() {
    return futureRows;
  }
}
