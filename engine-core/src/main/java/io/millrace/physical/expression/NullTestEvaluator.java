package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** IS NULL and IS NOT NULL; never null. */
final class NullTestEvaluator extends ScratchEvaluator {
  private final boolean isNull;

  NullTestEvaluator(BoundExpression.Apply call, boolean isNull, EvaluationContext context) {
    super(call, call.arguments(), context);
    this.isNull = isNull;
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector operand = operands[0].evaluate(input, rows);
    if (!operand.mayHaveNulls()) {
      Bitmap.fill(result.data(), !isNull, from, to);
    } else if (isNull) {
      Bitmap.not(operand.validity(), result.data(), from, to);
    } else {
      Bitmap.copy(operand.validity(), result.data(), from, to);
    }
    Bitmap.fill(result.validity(), true, from, to);
    result.mayHaveNulls(false);
  }
}
