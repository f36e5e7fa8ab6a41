package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Arithmetic;
import io.millrace.vector.project.Divisors;
import io.millrace.vector.project.DoubleArithmetic;
import io.millrace.vector.project.FloatArithmetic;

/** Arithmetic of FLOAT and DOUBLE; only a division by zero fails. */
final class FloatingArithmeticEvaluator extends FallibleEvaluator {
  private final Arithmetic operator;

  FloatingArithmeticEvaluator(
      BoundExpression.Apply call, Arithmetic operator, boolean safe, EvaluationContext context) {
    super(call, safe, context);
    this.operator = operator;
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long left = arguments[0].data();
    long right = arguments[1].data();
    int from = rows.from();
    int to = rows.to();
    boolean mayFail =
        type() == DataType.DOUBLE
            ? DoubleArithmetic.compute(operator, left, right, result.data(), from, to)
            : FloatArithmetic.compute(operator, left, right, result.data(), from, to);
    if (mayFail) {
      int row = Divisors.firstZero(arguments[1], from, to, rows.mask());
      while (row >= 0) {
        giveUp(input, row, operator, arguments[1]);
        row = Divisors.firstZero(arguments[1], row + 1, to, rows.mask());
      }
    }
  }
}
