package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.project.Arithmetic;
import io.millrace.vector.project.Divisors;

/** A numeric function that some values make fail: an error, or null when it is safe. */
abstract class FallibleEvaluator extends StrictEvaluator {
  private final boolean safe;

  /**
   * @param safe null instead of an error
   */
  FallibleEvaluator(BoundExpression.Apply call, boolean safe, EvaluationContext context) {
    super(call, call.arguments(), context);
    this.safe = safe;
  }

  /** Gives up a row that an operator cannot compute. */
  final void giveUp(Block input, int row, Arithmetic operator, ColumnVector right) {
    boolean division = operator == Arithmetic.DIVIDE || operator == Arithmetic.REMAINDER;
    if (division && Divisors.isZero(right, row)) {
      giveUp(input, row, "division by zero", "use try_divide or a CASE");
    } else {
      overflow(input, row);
    }
  }

  /** Gives up a row whose result its type has no room for. */
  final void overflow(Block input, int row) {
    giveUp(
        input, row, "the result does not fit " + type().sql(), "CAST an operand to a wider type");
  }

  private void giveUp(Block input, int row, String reason, String wayOut) {
    if (!safe) {
      throw failure(input, row, reason, wayOut + ", or set millrace.ansi=false to get NULL");
    }
    result.setNull(row);
  }
}
