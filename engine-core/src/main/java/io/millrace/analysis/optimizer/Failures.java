package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundTree;
import io.millrace.plan.Operators;
import io.millrace.types.TypeConversions;
import java.util.Set;

/** Tells expressions that always have a value from those that may fail on some rows. */
final class Failures {
  private static final Set<String> SAFE =
      Set.of(
          Operators.EQUAL,
          Operators.NOT_EQUAL,
          Operators.LESS,
          Operators.LESS_OR_EQUAL,
          Operators.GREATER,
          Operators.GREATER_OR_EQUAL,
          Operators.NULL_SAFE_EQUAL,
          Operators.BETWEEN,
          Operators.AND,
          Operators.OR,
          Operators.NOT,
          Operators.IS_NULL,
          Operators.IS_NOT_NULL,
          "coalesce",
          "named_struct",
          "greatest",
          "least",
          "length",
          "upper",
          "lower",
          "trim",
          "ltrim",
          "rtrim",
          "concat",
          "startswith",
          "endswith",
          "contains",
          "isnan",
          "year",
          "month",
          "dayofmonth",
          "hour",
          "minute",
          "second",
          "window_end",
          "window_time");

  private static final Set<String> SAFE_ON_FLOATING =
      Set.of(Operators.PLUS, Operators.MINUS, Operators.MULTIPLY, Operators.NEGATE, "abs");

  private Failures() {}

  static boolean possible(BoundExpression expression) {
    return BoundTree.any(expression, Failures::mayFailItself);
  }

  private static boolean mayFailItself(BoundExpression expression) {
    return switch (expression) {
      case BoundExpression.Apply apply ->
          !SAFE.contains(apply.function())
              && !(apply.type().isFloating() && SAFE_ON_FLOATING.contains(apply.function()));
      case BoundExpression.Convert convert ->
          !convert.safe() && TypeConversions.mayFail(convert.child().type(), convert.type());
      case BoundExpression.Input ignored -> false;
      case BoundExpression.Field ignored -> false;
      case BoundExpression.Constant ignored -> false;
      case BoundExpression.Case ignored -> false;
      case BoundExpression.InList ignored -> false;
    };
  }
}
