package io.millrace.physical;

/** What a stateful operator did since its counters were reset, on its thread. */
public final class OperatorCounters {
  private long updated;
  private long removed;
  private long late;

  void updated(long groups) {
    updated += groups;
  }

  void removed(long groups) {
    removed += groups;
  }

  void late(long rows) {
    late += rows;
  }

  /** Groups that rows fell into. */
  public long updated() {
    return updated;
  }

  /** Groups that were over and are forgotten. */
  public long removed() {
    return removed;
  }

  /** Rows that were dropped because their group was over. */
  public long late() {
    return late;
  }

  public void reset() {
    updated = 0;
    removed = 0;
    late = 0;
  }
}
