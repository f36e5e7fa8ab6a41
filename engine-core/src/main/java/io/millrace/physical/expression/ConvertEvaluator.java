package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.types.MillraceException;
import io.millrace.vector.cast.CastKernel;
import io.millrace.vector.cast.Casts;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.List;

/** CAST and TRY_CAST. */
final class ConvertEvaluator extends StrictEvaluator {
  /** Longer values are cut in errors. */
  private static final int MAX_VALUE_LENGTH = 100;

  private final BoundExpression.Convert convert;
  private final CastKernel kernel;
  private final boolean failuresAsNull;

  private ConvertEvaluator(
      BoundExpression.Convert convert, CastKernel kernel, EvaluationContext context) {
    super(convert, List.of(convert.child()), context);
    this.convert = convert;
    this.kernel = kernel;
    this.failuresAsNull = convert.safe() || !context.ansi();
  }

  static Evaluator of(BoundExpression.Convert convert, EvaluationContext context) {
    DataType from = convert.child().type();
    if (from.equals(convert.type())) {
      return Evaluators.compile(convert.child(), context);
    } else if (from == DataType.VOID) {
      return new ConstantEvaluator(new BoundExpression.Constant(null, convert.type()), context);
    }
    return new ConvertEvaluator(convert, Casts.kernel(from, convert.type()), context);
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    int failed = kernel.convert(arguments[0], rows, result, failuresAsNull);
    if (failed >= 0) {
      throw failure(input, arguments[0], failed);
    }
  }

  private MillraceException failure(Block input, ColumnVector argument, int row) {
    BoundExpression safe = new BoundExpression.Convert(convert.child(), convert.type(), true, true);
    return failure(
        input,
        row,
        value(argument, row) + reason(argument.type(), convert.type()),
        "use " + safe.sql() + " to get NULL instead");
  }

  private static String value(ColumnVector argument, int row) {
    String text = new BoundExpression.Constant(Cell.get(argument, row), argument.type()).sql();
    return text.length() <= MAX_VALUE_LENGTH
        ? text
        : text.substring(0, MAX_VALUE_LENGTH) + "... (" + text.length() + " characters)";
  }

  private static String reason(DataType from, DataType to) {
    if (from == DataType.STRING) {
      return " cannot be read as " + to.sql();
    } else if (to == DataType.TINYINT) {
      return " is outside TINYINT (-128 to 127)";
    } else if (to == DataType.SMALLINT) {
      return " is outside SMALLINT (-32768 to 32767)";
    } else if (to == DataType.INT) {
      return " is outside INT (-2147483648 to 2147483647)";
    }
    return " is outside " + to.sql();
  }
}
