package io.millrace.physical;

/** What one thread saw of one input's event times since the last {@link #reset}. */
public final class EventTimeStatistics {
  private long rows;
  private long minUs;
  private long maxUs;
  private double sumUs;
  private long nullRows;
  private long futureRows;

  public EventTimeStatistics() {
    reset();
  }

  public void reset() {
    rows = 0;
    minUs = Long.MAX_VALUE;
    maxUs = Long.MIN_VALUE;
    sumUs = 0;
    nullRows = 0;
    futureRows = 0;
  }

  void add(long count, long min, long max, double sum) {
    rows += count;
    minUs = Math.min(minUs, min);
    maxUs = Math.max(maxUs, max);
    sumUs += sum;
  }

  void addNulls(long count) {
    nullRows += count;
  }

  void addFuture(long count) {
    futureRows += count;
  }

  /** Adds what another thread saw. */
  public void add(EventTimeStatistics other) {
    add(other.rows, other.minUs, other.maxUs, other.sumUs);
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

  public double averageUs() {
    return sumUs / rows;
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
