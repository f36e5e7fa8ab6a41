package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import java.util.List;

/** {@code 10 < x} becomes {@code x > 10}, so that other rules need to know one form. */
final class ConstantsRight implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    if (expression instanceof Apply apply
        && Comparisons.contains(apply.function())
        && apply.arguments().get(0) instanceof Constant left
        && !(apply.arguments().get(1) instanceof Constant)) {
      return new Apply(
          Comparisons.flipped(apply.function()),
          List.of(apply.arguments().get(1), left),
          apply.type(),
          apply.nullable());
    }
    return expression;
  }
}
