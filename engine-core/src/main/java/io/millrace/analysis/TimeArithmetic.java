package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.Expression.Interval;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.List;

/** Sums of times, days and intervals. */
final class TimeArithmetic {
  private static final long DAY_US = 86_400_000_000L;

  private TimeArithmetic() {}

  /** {@code time + interval}; subtraction has negated the interval before. */
  static BoundExpression shift(CallSite site, BoundExpression time, Interval interval) {
    boolean text = Coercion.isStringLiteral(time);
    if (time.type() == DataType.DATE) {
      return shiftDate(site, time, interval);
    } else if (time.type() != DataType.TIMESTAMP && !text) {
      throw site.needs(time, "an INTERVAL", "a TIMESTAMP or DATE", DataType.TIMESTAMP);
    }
    return shiftTimestamp(
        site, site.convertAll(List.of(time), DataType.TIMESTAMP).getFirst(), interval);
  }

  private static BoundExpression shiftTimestamp(
      CallSite site, BoundExpression time, Interval interval) {
    return site.apply(
        "timestamp_add_interval",
        DataType.TIMESTAMP,
        time.nullable() || !site.coercion().ansi(),
        time,
        new Constant(interval.months(), DataType.INT),
        new Constant(interval.microseconds(), DataType.BIGINT));
  }

  /** A date stays a date when the interval is whole days or months. */
  private static BoundExpression shiftDate(CallSite site, BoundExpression date, Interval interval) {
    boolean wholeDays = interval.microseconds() % DAY_US == 0;
    if (wholeDays && interval.months() == 0) {
      int days = Math.toIntExact(interval.microseconds() / DAY_US);
      return FunctionCatalog.bind(
          site, "date_add", List.of(date, new Constant(days, DataType.INT)));
    }
    BoundExpression shifted =
        shiftTimestamp(site, site.coercion().convert(date, DataType.TIMESTAMP), interval);
    return wholeDays ? site.coercion().convert(shifted, DataType.DATE) : shifted;
  }

  /** {@code date + days} and differences; null if neither operand is a time. */
  static BoundExpression bind(CallSite site, String operator, List<BoundExpression> arguments) {
    if (arguments.size() != 2
        || !operator.equals(Operators.PLUS) && !operator.equals(Operators.MINUS)) {
      return null;
    }
    BoundExpression left = arguments.get(0);
    BoundExpression right = arguments.get(1);
    boolean plus = operator.equals(Operators.PLUS);
    if (left.type() == DataType.DATE && right.type().isIntegral()) {
      return FunctionCatalog.bind(site, plus ? "date_add" : "date_sub", arguments);
    } else if (plus && left.type().isIntegral() && right.type() == DataType.DATE) {
      return FunctionCatalog.bind(site, "date_add", List.of(right, left));
    } else if (isTime(left) && isTime(right) && !plus) {
      throw site.error(
          "the difference of times is an INTERVAL, which is not supported yet as a value; use "
              + (left.type() == DataType.DATE && right.type() == DataType.DATE
                  ? "datediff(" + left.sql() + ", " + right.sql() + ")"
                  : "unix_timestamp(" + left.sql() + ") - unix_timestamp(" + right.sql() + ")"));
    } else if (isTime(left) || isTime(right)) {
      throw site.error(
          "to a TIMESTAMP or DATE only an interval can be added; write for example "
              + (isTime(left) ? left : right).sql()
              + " "
              + operator
              + " INTERVAL 5 MINUTES");
    }
    return null;
  }

  private static boolean isTime(BoundExpression expression) {
    return expression.type() == DataType.TIMESTAMP || expression.type() == DataType.DATE;
  }

  static Interval negate(Interval interval) {
    return new Interval(
        Math.negateExact(interval.months()), Math.negateExact(interval.microseconds()));
  }
}
