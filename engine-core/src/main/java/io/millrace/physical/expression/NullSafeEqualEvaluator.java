package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.bitmap.Ternary;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Compare;
import io.millrace.vector.filter.Comparison;

/** Equality under which null equals null; never null. */
final class NullSafeEqualEvaluator extends ScratchEvaluator {
  NullSafeEqualEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments(), context);
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector left = operands[0].evaluate(input, rows);
    ColumnVector right = operands[1].evaluate(input, rows);
    long data = result.data();
    Compare.columns(Comparison.EQUAL, left, right, from, to, data);
    Ternary.nullSafeEqual(data, left.validity(), right.validity(), data, from, to);
    Bitmap.fill(result.validity(), true, from, to);
    result.mayHaveNulls(false);
  }
}
