package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import io.millrace.vector.project.Arithmetic;

/**
 * {@code + - * / %}, {@code div}, negate and abs. Operands of integers and floating-point numbers
 * have the result's type; decimals have their own each. {@code try_...} gives null where the
 * operator would fail.
 */
final class ArithmeticFunctions {
  private ArithmeticFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        ArithmeticFunctions::create,
        Operators.PLUS,
        Operators.MINUS,
        Operators.MULTIPLY,
        Operators.DIVIDE,
        Operators.MOD,
        "mod",
        "div",
        "try_add",
        "try_subtract",
        "try_multiply",
        "try_divide",
        "try_mod",
        Operators.NEGATE,
        "abs");
  }

  private static Evaluator create(BoundExpression.Apply call, EvaluationContext context) {
    boolean safe = !context.ansi() || call.function().startsWith("try_");
    return switch (call.function()) {
      case Operators.PLUS, "try_add" -> binary(call, Arithmetic.ADD, safe, context);
      case Operators.MINUS, "try_subtract" -> binary(call, Arithmetic.SUBTRACT, safe, context);
      case Operators.MULTIPLY, "try_multiply" -> binary(call, Arithmetic.MULTIPLY, safe, context);
      case Operators.DIVIDE, "div", "try_divide" -> binary(call, Arithmetic.DIVIDE, safe, context);
      case Operators.MOD, "mod", "try_mod" -> binary(call, Arithmetic.REMAINDER, safe, context);
      case Operators.NEGATE -> new NegateEvaluator(call, false, context);
      case "abs" -> new NegateEvaluator(call, true, context);
      default -> throw new AssertionError(call.function());
    };
  }

  private static Evaluator binary(
      BoundExpression.Apply call, Arithmetic operator, boolean safe, EvaluationContext context) {
    DataType type = call.type();
    boolean sameTypes =
        call.arguments().stream().allMatch(argument -> argument.type().equals(type));
    if (type instanceof DataType.Decimal
        && call.arguments().stream().allMatch(ArithmeticFunctions::isDecimal)) {
      return new DecimalArithmeticEvaluator(call, operator, safe, context);
    } else if (type.isFloating() && sameTypes) {
      return new FloatingArithmeticEvaluator(call, operator, safe, context);
    } else if (type.isIntegral() && sameTypes) {
      return new IntegerArithmeticEvaluator(call, operator, safe, context);
    }
    throw FunctionEvaluators.unsupported(call);
  }

  private static boolean isDecimal(BoundExpression expression) {
    return expression.type() instanceof DataType.Decimal;
  }
}
