package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.WindowStruct;

/** {@code named_struct('a', x).a} is x, so that structs nobody wants whole are not made. */
final class FieldsOfStructs implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    return expression instanceof BoundExpression.Field field
        ? WindowStruct.made(field)
        : expression;
  }
}
