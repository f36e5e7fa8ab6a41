package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.DecimalArithmetic;
import io.millrace.vector.project.DoubleMath;
import io.millrace.vector.project.IntegerArithmetic;

/** The number with its sign changed, or without it; only the least integer fails. */
final class NegateEvaluator extends FallibleEvaluator {
  private final boolean absolute;

  NegateEvaluator(BoundExpression.Apply call, boolean absolute, EvaluationContext context) {
    super(call, !context.ansi(), context);
    this.absolute = absolute;
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long values = arguments[0].data();
    long results = result.data();
    int from = rows.from();
    int to = rows.to();
    if (type() == DataType.DOUBLE) {
      DoubleMath.negate(absolute, values, results, from, to);
    } else if (type() == DataType.FLOAT) {
      DoubleMath.negateFloat(absolute, values, results, from, to);
    } else if (type() instanceof DataType.Decimal) {
      DecimalArithmetic.negate(absolute, values, results, from, to);
    } else {
      negateIntegers(input, values, results, rows);
    }
  }

  private void negateIntegers(Block input, long values, long results, RowSelection rows) {
    int width = ColumnVector.width(type());
    int to = rows.to();
    if (IntegerArithmetic.negate(absolute, width, values, results, rows.from(), to)) {
      int row = IntegerArithmetic.firstLeast(width, values, rows.from(), to, rows.mask());
      while (row >= 0) {
        overflow(input, row);
        row = IntegerArithmetic.firstLeast(width, values, row + 1, to, rows.mask());
      }
    }
  }
}
