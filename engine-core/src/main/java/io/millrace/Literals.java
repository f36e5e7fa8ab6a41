package io.millrace;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;

/** Java objects as constants of a plan. */
final class Literals {
  private Literals() {}

  /** A column's expression as it is, anything else as a constant. */
  static Expression expression(Object value) {
    return value instanceof Column column ? column.expression() : literal(value);
  }

  static Expression[] expressions(Object... values) {
    Expression[] expressions = new Expression[values.length];
    for (int i = 0; i < values.length; i++) {
      expressions[i] = expression(values[i]);
    }
    return expressions;
  }

  static Expression.Literal literal(Object value) {
    return new Expression.Literal(
        switch (value) {
          case null -> null;
          case Boolean ignored -> value;
          case Byte ignored -> value;
          case Short ignored -> value;
          case Integer ignored -> value;
          case Long ignored -> value;
          case Float ignored -> value;
          case Double ignored -> value;
          case BigDecimal ignored -> value;
          case BigInteger integer -> new BigDecimal(integer);
          case Character character -> character.toString();
          case String ignored -> value;
          case byte[] bytes -> bytes.clone();
          case LocalDate ignored -> value;
          case Instant ignored -> value;
          case Duration duration -> interval(duration);
          case Period period ->
              new Expression.Interval(
                  Math.toIntExact(period.toTotalMonths()),
                  Math.multiplyExact(period.getDays(), 86_400_000_000L));
          case Expression.Interval ignored -> value;
          default ->
              throw new AnalysisException(
                  "a "
                      + value.getClass().getName()
                      + " is no constant; use a Boolean, number, String, byte[], LocalDate,"
                      + " Instant, Duration, Period or null");
        });
  }

  private static Expression.Interval interval(Duration duration) {
    return new Expression.Interval(
        0,
        Math.addExact(
            Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000));
  }
}
