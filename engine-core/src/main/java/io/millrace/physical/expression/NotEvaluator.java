package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** NOT; null stays null. */
final class NotEvaluator extends StrictEvaluator {
  NotEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments(), context);
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    Bitmap.not(arguments[0].data(), result.data(), rows.from(), rows.to());
  }
}
