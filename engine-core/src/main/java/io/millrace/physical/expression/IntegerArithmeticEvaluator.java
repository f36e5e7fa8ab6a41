package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Arithmetic;
import io.millrace.vector.project.IntegerArithmetic;

/** Arithmetic of TINYINT to BIGINT; it never wraps. */
final class IntegerArithmeticEvaluator extends FallibleEvaluator {
  private final Arithmetic operator;
  private final int width;

  IntegerArithmeticEvaluator(
      BoundExpression.Apply call, Arithmetic operator, boolean safe, EvaluationContext context) {
    super(call, safe, context);
    this.operator = operator;
    this.width = ColumnVector.width(call.type());
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long left = arguments[0].data();
    long right = arguments[1].data();
    int from = rows.from();
    int to = rows.to();
    if (!IntegerArithmetic.compute(operator, width, left, right, result.data(), from, to)) {
      return;
    }
    int row = firstFailing(left, right, from, rows);
    while (row >= 0) {
      giveUp(input, row, operator, arguments[1]);
      row = firstFailing(left, right, row + 1, rows);
    }
  }

  private int firstFailing(long left, long right, int from, RowSelection rows) {
    return IntegerArithmetic.firstFailing(
        operator, width, left, right, from, rows.to(), rows.mask());
  }
}
