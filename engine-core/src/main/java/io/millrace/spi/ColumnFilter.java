package io.millrace.spi;

/**
 * A comparison of a column with a constant.
 *
 * @param column index into the columns that are read
 * @param constant never null; of the Java class that stands for the column's type, TIMESTAMP as
 *     Long microseconds and DATE as Integer days
 */
public record ColumnFilter(int column, Comparison comparison, Object constant) {
  /** How the column's value relates to the constant. */
  public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }
}
