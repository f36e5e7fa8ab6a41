package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Rounding;
import java.math.RoundingMode;

/** {@code floor} and {@code ceil}: DOUBLE to BIGINT, DECIMAL to DECIMAL, BIGINT to itself. */
final class FloorEvaluator extends FallibleEvaluator {
  private final boolean floor;
  private final DataType operandType;

  FloorEvaluator(BoundExpression.Apply call, boolean floor, EvaluationContext context) {
    DataType operand = call.arguments().getFirst().type();
    boolean supported =
        operand == DataType.DOUBLE && call.type() == DataType.BIGINT
            || operand instanceof DataType.Decimal && call.type() instanceof DataType.Decimal
            || operand.isIntegral() && call.type().equals(operand);
    if (!supported) {
      throw FunctionEvaluators.unsupported(call);
    }
    super(call, !context.ansi(), context);
    this.floor = floor;
    this.operandType = operand;
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long values = arguments[0].data();
    int from = rows.from();
    int to = rows.to();
    if (operandType instanceof DataType.Decimal decimal) {
      int row = decimal(values, decimal, from, rows);
      while (row >= 0) {
        overflow(input, row);
        row = decimal(values, decimal, row + 1, rows);
      }
    } else if (operandType != DataType.DOUBLE) {
      int width = ColumnVector.width(operandType);
      Rounding.roundInteger(width, values, 0, result.data(), from, to, RowSelection.ALL);
    } else if (floor) {
      Rounding.floor(values, result.data(), from, to);
    } else {
      Rounding.ceil(values, result.data(), from, to);
    }
  }

  private int decimal(long values, DataType.Decimal type, int from, RowSelection rows) {
    return Rounding.decimal(
        floor ? RoundingMode.FLOOR : RoundingMode.CEILING,
        values,
        type,
        0,
        result.data(),
        (DataType.Decimal) type(),
        from,
        rows.to(),
        rows.mask());
  }
}
