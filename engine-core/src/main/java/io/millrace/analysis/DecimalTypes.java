package io.millrace.analysis;

import io.millrace.types.DataType;
import io.millrace.types.DataType.Decimal;
import java.math.BigDecimal;

/** Precision and scale of decimal results, by Spark's rules (with allowPrecisionLoss). */
final class DecimalTypes {
  private static final int MAX = Decimal.MAX_PRECISION;

  /** Digits behind the point that a too wide result keeps at least. */
  private static final int MIN_KEPT_SCALE = 6;

  private DecimalTypes() {}

  /** The decimal type that holds every value of a numeric type that is not floating. */
  static Decimal of(DataType type) {
    if (type instanceof Decimal decimal) {
      return decimal;
    }
    return switch ((DataType.Simple) type) {
      case TINYINT -> new Decimal(3, 0);
      case SMALLINT -> new Decimal(5, 0);
      case INT -> new Decimal(10, 0);
      case BIGINT -> new Decimal(20, 0);
      case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
          throw new AssertionError(type + " is no exact number");
    };
  }

  /** The same, but as narrow as a constant allows. */
  static Decimal of(BoundExpression expression) {
    if (expression instanceof BoundExpression.Constant constant
        && constant.type().isIntegral()
        && constant.value() != null) {
      return of(BigDecimal.valueOf(((Number) constant.value()).longValue()));
    }
    return of(expression.type());
  }

  static Decimal of(BigDecimal value) {
    int scale = Math.max(0, value.scale());
    long whole = (long) value.precision() - Math.min(0, value.scale());
    int digits = (int) Math.min(whole, Integer.MAX_VALUE);
    return new Decimal(Math.max(digits, scale), scale);
  }

  /** The narrowest type that holds values of both, or the nearest there is. */
  static Decimal common(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return bounded(whole + scale, scale);
  }

  static Decimal result(String operator, Decimal a, Decimal b) {
    int p1 = a.precision();
    int s1 = a.scale();
    int p2 = b.precision();
    int s2 = b.scale();
    return switch (operator) {
      case "+", "-" -> {
        int scale = Math.max(s1, s2);
        yield adjusted(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
      }
      case "*" -> adjusted(p1 + p2 + 1, s1 + s2);
      case "/" -> {
        int scale = Math.max(MIN_KEPT_SCALE, s1 + p2 + 1);
        yield adjusted(p1 - s1 + s2 + scale, scale);
      }
      case "%" -> {
        int scale = Math.max(s1, s2);
        yield adjusted(Math.min(p1 - s1, p2 - s2) + scale, scale);
      }
      default -> throw new AssertionError(operator);
    };
  }

  static Decimal bounded(int precision, int scale) {
    return new Decimal(Math.clamp(precision, 1, MAX), Math.min(scale, MAX));
  }

  /** Gives digits behind the point away when there are too many in all. */
  private static Decimal adjusted(int precision, int scale) {
    if (precision <= MAX) {
      return new Decimal(Math.max(precision, 1), scale);
    }
    int whole = precision - scale;
    int kept = Math.max(MAX - whole, Math.min(scale, MIN_KEPT_SCALE));
    return new Decimal(MAX, kept);
  }
}
