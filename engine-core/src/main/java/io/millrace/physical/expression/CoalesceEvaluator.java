package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;

/** The first argument that is not null. */
final class CoalesceEvaluator extends BranchEvaluator {
  CoalesceEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments(), call.arguments().size(), context);
  }

  @Override
  void computeBranches(Block input, int from, int to) {
    for (int i = 0; i < operands.length && !isDone(from, to); i++) {
      ColumnVector value = evaluate(i, input, from, to, remaining);
      Bitmap.and(remaining, value.validity(), nextMask(), from, to);
      take(value, from, to);
    }
  }
}
