package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Comparison;
import io.millrace.vector.filter.DoubleComparison;
import io.millrace.vector.filter.FloatComparison;

/** {@code isnan}; false for null, as in Spark. */
final class NanTestEvaluator extends ScratchEvaluator {
  NanTestEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    if (!call.arguments().getFirst().type().isFloating()) {
      throw FunctionEvaluators.unsupported(call);
    }
    super(call, call.arguments(), context);
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector operand = operands[0].evaluate(input, rows);
    long data = result.data();
    if (operand.type() == DataType.DOUBLE) {
      DoubleComparison.constant(Comparison.EQUAL, operand.data(), Double.NaN, from, to, data);
    } else {
      FloatComparison.constant(Comparison.EQUAL, operand.data(), Float.NaN, from, to, data);
    }
    Bitmap.and(data, operand.validity(), data, from, to);
    Bitmap.fill(result.validity(), true, from, to);
    result.mayHaveNulls(false);
  }
}
