package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.InList;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.List;

/** Tests for null that are known beforehand, and comparisons with NULL. */
final class SimplifyNulls implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    if (expression instanceof InList in) {
      return in(in);
    } else if (!(expression instanceof Apply apply)
        || apply.arguments().stream().anyMatch(Failures::possible)) {
      return expression;
    } else if (apply.function().equals(Operators.IS_NULL)
        && !apply.arguments().getFirst().nullable()) {
      return FoldConstants.bool(false);
    } else if (apply.function().equals(Operators.IS_NOT_NULL)
        && !apply.arguments().getFirst().nullable()) {
      return FoldConstants.bool(true);
    } else if (apply.function().equals(Operators.NULL_SAFE_EQUAL)
        && isNull(apply.arguments().get(1))) {
      return new Apply(Operators.IS_NULL, apply.arguments().subList(0, 1), DataType.BOOLEAN, false);
    } else if (Comparisons.contains(apply.function())
        && apply.arguments().stream().anyMatch(SimplifyNulls::isNull)) {
      return FoldConstants.bool(null);
    }
    return expression;
  }

  private static boolean isNull(BoundExpression expression) {
    return expression instanceof Constant constant && constant.value() == null;
  }

  /** A list of one is an equality. */
  private static BoundExpression in(InList in) {
    if (in.options().isEmpty() && !Failures.possible(in.value())) {
      return FoldConstants.bool(null);
    } else if (in.options().size() == 1 && !in.hasNull()) {
      return new Apply(
          Operators.EQUAL,
          List.of(in.value(), in.options().getFirst()),
          DataType.BOOLEAN,
          in.value().nullable());
    }
    return in;
  }
}
