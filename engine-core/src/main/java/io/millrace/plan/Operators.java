package io.millrace.plan;

/**
 * The names under which operators stand in {@link Expression.Call}; every other name is a
 * function's.
 */
public final class Operators {
  public static final String EQUAL = "=";
  public static final String NULL_SAFE_EQUAL = "<=>";
  public static final String NOT_EQUAL = "<>";
  public static final String LESS = "<";
  public static final String LESS_OR_EQUAL = "<=";
  public static final String GREATER = ">";
  public static final String GREATER_OR_EQUAL = ">=";
  public static final String AND = "and";
  public static final String OR = "or";
  public static final String NOT = "not";
  public static final String PLUS = "+";
  public static final String MINUS = "-";
  public static final String MULTIPLY = "*";
  public static final String DIVIDE = "/";
  public static final String MOD = "%";
  public static final String NEGATE = "negate";
  public static final String CONCAT = "||";
  public static final String IS_NULL = "isnull";
  public static final String IS_NOT_NULL = "isnotnull";

  /** Value, lower bound (inclusive), upper bound (inclusive). */
  public static final String BETWEEN = "between";

  /** Value, pattern, and optionally the escape character. */
  public static final String LIKE = "like";

  public static final String RLIKE = "rlike";

  /** {@code value[index]} and {@code struct.field}. */
  public static final String GET_ITEM = "getitem";

  private Operators() {}
}
