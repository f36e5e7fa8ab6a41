package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Field;

/** A field of a struct that is just being put together is what stands there. */
final class SimplifyFields implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    return expression instanceof Field field
            && field.struct() instanceof Apply apply
            && apply.function().equals("named_struct")
        ? apply.arguments().get(field.index())
        : expression;
  }
}
