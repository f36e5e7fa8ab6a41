package io.millrace.types;

/**
 * Which types CAST converts between: Spark's ANSI rules. Whether a value converts is known only
 * when it is there.
 */
public final class TypeConversions {
  private TypeConversions() {}

  /** Whether {@code CAST(from AS to)} may stand in a query; a type always converts to itself. */
  public static boolean isLegal(DataType from, DataType to) {
    if (from.equals(to)) {
      return true;
    } else if (!from.isFlat() || !to.isFlat() || to == DataType.VOID) {
      return from == DataType.VOID;
    } else if (from == DataType.VOID || to == DataType.STRING) {
      return true;
    } else if (from == DataType.STRING) {
      return true;
    } else if (from.isNumeric()) {
      return to.isNumeric() || to == DataType.BOOLEAN || to == DataType.TIMESTAMP;
    } else if (from == DataType.BOOLEAN) {
      return to.isNumeric();
    } else if (from == DataType.TIMESTAMP) {
      return to == DataType.DATE || to.isNumeric();
    }
    return from == DataType.DATE && to == DataType.TIMESTAMP;
  }

  /**
   * Whether a legal conversion may meet a value that does not convert, so that TRY_CAST may give
   * null where its argument is not.
   */
  public static boolean mayFail(DataType from, DataType to) {
    if (from.equals(to)
        || to == DataType.STRING
        || to == DataType.BINARY
        || to == DataType.BOOLEAN) {
      return from == DataType.STRING && to == DataType.BOOLEAN;
    } else if (from.isIntegral() && to.isIntegral()) {
      return rank(from) > rank(to);
    } else if (from == DataType.BOOLEAN) {
      return to instanceof DataType.Decimal decimal && decimal.precision() == decimal.scale();
    } else if (to.isFloating()) {
      return from == DataType.STRING;
    } else if (from.isIntegral() && to instanceof DataType.Decimal decimal) {
      return decimal.precision() - decimal.scale() < digits(from);
    } else if (from instanceof DataType.Decimal source && to instanceof DataType.Decimal target) {
      // Rounding away fraction digits may carry into one more digit in front of the point.
      int carry = source.scale() > target.scale() ? 1 : 0;
      return source.precision() - source.scale() + carry > target.precision() - target.scale();
    }
    return !(from.isIntegral() && to == DataType.TIMESTAMP)
        && !(from == DataType.TIMESTAMP && (to == DataType.DATE || to == DataType.BIGINT));
  }

  private static int rank(DataType type) {
    return ((DataType.Simple) type).ordinal();
  }

  /** The most digits a value of an integral type has. */
  private static int digits(DataType integral) {
    return switch ((DataType.Simple) integral) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INT -> 10;
      case BIGINT -> 19;
      case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
          throw new IllegalArgumentException("assertion: " + integral + " is not integral");
    };
  }
}
