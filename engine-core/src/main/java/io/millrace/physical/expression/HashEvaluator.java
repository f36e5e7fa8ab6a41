package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.SparkHash;

/** {@code hash(a, b, ...)}: INT, never null. */
final class HashEvaluator extends ScratchEvaluator {
  HashEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments(), context);
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    SparkHash.start(result.data(), from, to);
    for (Evaluator operand : operands) {
      SparkHash.add(operand.evaluate(input, rows), from, to, result.data());
    }
    Bitmap.fill(result.validity(), true, from, to);
    result.mayHaveNulls(false);
  }
}
