package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * The call with those arguments behind the first computed that depend on no row, such as {@code
   * lower('A%')}.
   */
  static BoundExpression.Apply folded(BoundExpression.Apply call, EvaluationContext context) {
    List<BoundExpression> arguments = new ArrayList<>(call.arguments());
    for (int i = 1; i < arguments.size(); i++) {
      BoundExpression argument = arguments.get(i);
      if (!(argument instanceof BoundExpression.Constant) && isConstant(argument)) {
        arguments.set(i, new BoundExpression.Constant(compute(argument, context), argument.type()));
      }
    }
    return new BoundExpression.Apply(call.function(), arguments, call.type(), call.nullable());
  }

  private static boolean isConstant(BoundExpression expression) {
    return switch (expression) {
      case BoundExpression.Input ignored -> false;
      case BoundExpression.Constant ignored -> true;
      case BoundExpression.Field field -> isConstant(field.struct());
      case BoundExpression.Apply apply ->
          !ArrivalTimeEvaluator.FUNCTIONS.contains(apply.function())
              && apply.arguments().stream().allMatch(ConstantArgument::isConstant);
      case BoundExpression.Convert convert -> isConstant(convert.child());
      case BoundExpression.Case cases ->
          cases.branches().stream()
                  .allMatch(branch -> isConstant(branch.condition()) && isConstant(branch.value()))
              && cases.otherwise().map(ConstantArgument::isConstant).orElse(true);
      case BoundExpression.InList in -> isConstant(in.value());
    };
  }

  private static Object compute(BoundExpression expression, EvaluationContext context) {
    EvaluationContext one = new EvaluationContext(context.allocator(), 1, context.ansi());
    try (Block row = Block.allocate(context.allocator(), Schema.of(), 1);
        Evaluator evaluator = Evaluators.compile(expression, one)) {
      ColumnVector value = evaluator.evaluate(row, new RowSelection().set(0, 1, RowSelection.ALL));
      return Cell.get(value, 0);
    }
  }
}
