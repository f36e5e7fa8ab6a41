package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Arithmetic;
import io.millrace.vector.project.DecimalArithmetic;

/** Arithmetic of decimals, each operand with its own precision and scale. */
final class DecimalArithmeticEvaluator extends FallibleEvaluator {
  private final Arithmetic operator;
  private final DecimalArithmetic arithmetic;

  DecimalArithmeticEvaluator(
      BoundExpression.Apply call, Arithmetic operator, boolean safe, EvaluationContext context) {
    super(call, safe, context);
    this.operator = operator;
    this.arithmetic =
        new DecimalArithmetic(
            operator,
            (DataType.Decimal) call.arguments().get(0).type(),
            (DataType.Decimal) call.arguments().get(1).type(),
            (DataType.Decimal) call.type());
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    int row = compute(arguments, rows.from(), rows);
    while (row >= 0) {
      giveUp(input, row, operator, arguments[1]);
      row = compute(arguments, row + 1, rows);
    }
  }

  private int compute(ColumnVector[] arguments, int from, RowSelection rows) {
    return arithmetic.compute(
        arguments[0].data(), arguments[1].data(), result.data(), from, rows.to(), rows.mask());
  }
}
