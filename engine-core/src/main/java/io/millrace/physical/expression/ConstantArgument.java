package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.AnalysisException;

/** Arguments that must be constants, because what they say is prepared once, before any row. */
final class ConstantArgument {
  private ConstantArgument() {}

  /**
   * The value of an argument.
   *
   * @param what the argument's name for the error, for example {@code pattern}
   * @throws AnalysisException if it is not a constant
   */
  static Object value(BoundExpression.Apply call, int index, String what) {
    if (call.arguments().get(index) instanceof BoundExpression.Constant constant) {
      return constant.value();
    }
    throw new AnalysisException(
        call.sql()
            + ": the "
            + what
            + " is "
            + call.arguments().get(index).sql()
            + ", but it must be a constant");
  }

  static String text(BoundExpression.Apply call, int index, String what) {
    return (String) value(call, index, what);
  }

  /** Whether an argument is NULL written out, which makes a strict function null everywhere. */
  static boolean isAnyNull(BoundExpression.Apply call) {
    return call.arguments().stream()
        .anyMatch(
            argument ->
                argument instanceof BoundExpression.Constant constant && constant.value() == null);
  }
}
