package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** A strict function that is one kernel over the columns of its arguments. */
final class KernelEvaluator extends StrictEvaluator {
  /** A kernel that computes every row. */
  @FunctionalInterface
  interface Total {
    void compute(ColumnVector[] arguments, RowSelection rows, ColumnVector result);
  }

  /** A kernel that returns the first row it cannot compute, or -1, or makes such rows null. */
  @FunctionalInterface
  interface Partial {
    int compute(
        ColumnVector[] arguments, RowSelection rows, ColumnVector result, boolean failuresAsNull);
  }

  private final Partial kernel;
  private final String reason;
  private final String wayOut;

  KernelEvaluator(BoundExpression.Apply call, EvaluationContext context, Total kernel) {
    this(call, context, total(kernel), "", "");
  }

  /**
   * @param reason why a row fails, for the error
   * @param wayOut what the user can do about it
   */
  KernelEvaluator(
      BoundExpression.Apply call,
      EvaluationContext context,
      Partial kernel,
      String reason,
      String wayOut) {
    super(call, call.arguments(), context);
    this.kernel = kernel;
    this.reason = reason;
    this.wayOut = wayOut;
  }

  private static Partial total(Total kernel) {
    return (arguments, rows, result, failuresAsNull) -> {
      kernel.compute(arguments, rows, result);
      return -1;
    };
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    int failed = kernel.compute(arguments, rows, result, !context.ansi());
    if (failed >= 0) {
      throw failure(input, failed, reason, wayOut);
    }
  }
}
