package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.AnalysisException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.text.LikePattern;

/** {@code value LIKE pattern [ESCAPE character]}. */
final class LikeEvaluator extends StrictEvaluator {
  private LikePattern pattern;

  LikeEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments().subList(0, 1), context);
    try {
      pattern =
          LikePattern.compile(
              ConstantArgument.text(call, 1, "pattern"), escape(call), context.allocator());
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static int escape(BoundExpression.Apply call) {
    if (call.arguments().size() < 3) {
      return LikePattern.DEFAULT_ESCAPE;
    }
    String escape = ConstantArgument.text(call, 2, "escape character");
    if (escape.codePointCount(0, escape.length()) != 1) {
      throw new AnalysisException(
          call.sql() + ": ESCAPE takes one character, not '" + escape + "'");
    }
    return escape.codePointAt(0);
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    pattern.match(arguments[0], rows, result);
  }

  @Override
  public void close() {
    super.close();
    if (pattern != null) {
      pattern.close();
      pattern = null;
    }
  }
}
