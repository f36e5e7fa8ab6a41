package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Rounding;
import java.math.RoundingMode;

/** {@code round(x)} and {@code round(x, digits)}, half up, the digits constant. */
final class RoundEvaluator extends FallibleEvaluator {
  private final int digits;
  private final DataType operandType;

  RoundEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    int constant = digits(call);
    super(call, !context.ansi(), context);
    digits = constant;
    operandType = call.arguments().getFirst().type();
  }

  private static int digits(BoundExpression.Apply call) {
    if (call.arguments().size() == 1) {
      return 0;
    }
    if (call.arguments().get(1) instanceof BoundExpression.Constant constant
        && constant.value() instanceof Integer value) {
      return value;
    }
    throw new MillraceException(
        ErrorCode.PLAN,
        call.sql() + ": the number of digits must be a constant, for example round(x, 2)");
  }

  @Override
  boolean readsFirstRow(int operand) {
    return operand == 1;
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long values = arguments[0].data();
    int from = rows.from();
    int to = rows.to();
    if (type() == DataType.DOUBLE) {
      Rounding.roundDouble(values, digits, result.data(), from, to);
    } else if (type() == DataType.FLOAT) {
      Rounding.roundFloat(values, digits, result.data(), from, to);
    } else {
      int row = exact(values, from, rows);
      while (row >= 0) {
        overflow(input, row);
        row = exact(values, row + 1, rows);
      }
    }
  }

  private int exact(long values, int from, RowSelection rows) {
    long results = result.data();
    if (operandType instanceof DataType.Decimal decimal) {
      return Rounding.decimal(
          RoundingMode.HALF_UP,
          values,
          decimal,
          digits,
          results,
          (DataType.Decimal) type(),
          from,
          rows.to(),
          rows.mask());
    }
    return Rounding.roundInteger(
        ColumnVector.width(type()),
        values,
        Math.min(0, digits),
        results,
        from,
        rows.to(),
        rows.mask());
  }
}
