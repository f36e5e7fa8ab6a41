package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import io.millrace.vector.filter.Compare;
import io.millrace.vector.filter.Comparison;
import java.util.List;

/** Comparison operators, BETWEEN, greatest and least. Both sides of a comparison have one type. */
final class ComparisonFunctions {
  private ComparisonFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        ComparisonFunctions::create,
        Operators.EQUAL,
        Operators.NOT_EQUAL,
        Operators.LESS,
        Operators.LESS_OR_EQUAL,
        Operators.GREATER,
        Operators.GREATER_OR_EQUAL,
        Operators.NULL_SAFE_EQUAL,
        Operators.BETWEEN,
        "greatest",
        "least");
  }

  private static Evaluator create(BoundExpression.Apply call, EvaluationContext context) {
    return switch (call.function()) {
      case Operators.EQUAL -> compare(call, Comparison.EQUAL, context);
      case Operators.NOT_EQUAL -> compare(call, Comparison.NOT_EQUAL, context);
      case Operators.LESS -> compare(call, Comparison.LESS, context);
      case Operators.LESS_OR_EQUAL -> compare(call, Comparison.LESS_OR_EQUAL, context);
      case Operators.GREATER -> compare(call, Comparison.GREATER, context);
      case Operators.GREATER_OR_EQUAL -> compare(call, Comparison.GREATER_OR_EQUAL, context);
      case Operators.NULL_SAFE_EQUAL -> new NullSafeEqualEvaluator(call, context);
      case Operators.BETWEEN -> between(call.arguments(), context);
      case "greatest" -> new GreatestEvaluator(call, true, context);
      case "least" -> new GreatestEvaluator(call, false, context);
      default -> throw new AssertionError(call.function());
    };
  }

  /** A constant stands on the right, if there is one. */
  private static Evaluator compare(
      BoundExpression.Apply call, Comparison comparison, EvaluationContext context) {
    BoundExpression left = call.arguments().get(0);
    BoundExpression right = call.arguments().get(1);
    boolean constantLeft =
        left instanceof BoundExpression.Constant && !(right instanceof BoundExpression.Constant);
    List<BoundExpression> operands = constantLeft ? List.of(right, left) : List.of(left, right);
    boolean constant =
        operands.get(1) instanceof BoundExpression.Constant
            && Compare.hasConstantKernel(right.type());
    return new ComparisonEvaluator(
        call, operands, constantLeft ? comparison.flipped() : comparison, constant, context);
  }

  private static Evaluator between(List<BoundExpression> arguments, EvaluationContext context) {
    BoundExpression value = arguments.get(0);
    BoundExpression above = bound(Operators.GREATER_OR_EQUAL, value, arguments.get(1));
    BoundExpression below = bound(Operators.LESS_OR_EQUAL, value, arguments.get(2));
    return Evaluators.compile(
        new BoundExpression.Apply(
            Operators.AND,
            List.of(above, below),
            DataType.BOOLEAN,
            above.nullable() || below.nullable()),
        context);
  }

  private static BoundExpression bound(
      String operator, BoundExpression value, BoundExpression bound) {
    return new BoundExpression.Apply(
        operator, List.of(value, bound), DataType.BOOLEAN, value.nullable() || bound.nullable());
  }
}
