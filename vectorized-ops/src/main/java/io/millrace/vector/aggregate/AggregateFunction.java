package io.millrace.vector.aggregate;

/** What is computed of the rows of a group; nulls are left out unless it says otherwise. */
public enum AggregateFunction {
  /** How many rows. */
  COUNT_ROWS,
  /** How many rows in which no argument is null. */
  COUNT,
  SUM,
  AVG,
  /** The least value, by the order of SQL: NaN is greatest, text goes by its bytes. */
  MIN,
  MAX,
  /** The first row's value, null or not. */
  FIRST,
  /** The last row's value, null or not. */
  LAST,
  /** Of a sample; null of fewer than two values. */
  VARIANCE,
  VAR_POP,
  STDDEV,
  STDDEV_POP,
  COLLECT_LIST,
  /** Each value once, by first appearance. */
  COLLECT_SET,
  /** The first argument, null or not, of the row with the least second one; the last such row's. */
  MIN_BY,
  MAX_BY;

  /**
   * Whether the result is the same in whatever order the rows come, but for the rounding of sums of
   * floating-point numbers.
   */
  public boolean isOrderFree() {
    return switch (this) {
      case COUNT_ROWS, COUNT, SUM, AVG, MIN, MAX, VARIANCE, VAR_POP, STDDEV, STDDEV_POP -> true;
      case FIRST, LAST, COLLECT_LIST, COLLECT_SET, MIN_BY, MAX_BY -> false;
    };
  }
}
