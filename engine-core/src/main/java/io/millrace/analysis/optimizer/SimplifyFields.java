package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.StructFunctions;

/** A field of a struct that is just being put together is what stands there. */
final class SimplifyFields implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    return expression instanceof BoundExpression.Field field
        ? StructFunctions.made(field)
        : expression;
  }
}
