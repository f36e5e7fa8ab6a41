package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.spi.Durations;
import io.millrace.types.AnalysisException;
import java.util.Optional;

/** Lengths of time that stand in a query: {@code '5 minutes'} or {@code INTERVAL 5 MINUTES}. */
final class Spans {
  private Spans() {}

  /** An interval, perhaps with a minus before it. */
  static Optional<Expression.Interval> interval(Expression expression) {
    if (expression instanceof Expression.Literal literal
        && literal.value() instanceof Expression.Interval interval) {
      return Optional.of(interval);
    } else if (expression instanceof Expression.Call call
        && call.function().equals(Operators.NEGATE)
        && call.arguments().size() == 1) {
      return interval(call.arguments().getFirst()).map(TimeArithmetic::negate);
    }
    return Optional.empty();
  }

  /**
   * The length in microseconds; empty if the expression is no constant length.
   *
   * @param what it is for, in errors: {@code the size}
   * @throws AnalysisException if it has months or is no duration
   */
  static Optional<Long> us(CallSite site, Expression expression, String what) {
    Optional<Expression.Interval> interval = interval(expression);
    if (interval.isPresent() && interval.get().months() != 0) {
      throw site.error(
          what
              + " has months or years, which differ in length; write it in days, hours or minutes");
    } else if (interval.isPresent()) {
      return Optional.of(interval.get().microseconds());
    } else if (expression instanceof Expression.Literal literal
        && literal.value() instanceof String text) {
      return Optional.of(ofText(site, text, what));
    }
    return Optional.empty();
  }

  /** As {@link #us}, where nothing but a constant will do. */
  static long constantUs(CallSite site, Expression expression, String what) {
    return us(site, expression, what)
        .orElseThrow(
            () ->
                site.error(
                    what
                        + " must be a constant such as '1 minute' or INTERVAL 1 MINUTE, not "
                        + ExpressionText.of(expression)));
  }

  private static long ofText(CallSite site, String text, String what) {
    try {
      return Durations.parseUs(text);
    } catch (AnalysisException e) {
      throw site.error(what + ": " + e.getMessage());
    }
  }
}
