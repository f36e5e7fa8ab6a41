package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;

/** Rounding, roots, powers, logarithms and {@code hash}. */
final class MathFunctions {
  private MathFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        MathFunctions::create,
        "round",
        "floor",
        "ceil",
        "ceiling",
        "sqrt",
        "exp",
        "ln",
        "log",
        "log10",
        "pow",
        "power",
        "sign",
        "signum",
        "isnan",
        "hash");
  }

  private static Evaluator create(BoundExpression.Apply call, EvaluationContext context) {
    return switch (call.function()) {
      case "round" -> new RoundEvaluator(call, context);
      case "floor" -> new FloorEvaluator(call, true, context);
      case "ceil", "ceiling" -> new FloorEvaluator(call, false, context);
      case "hash" -> new HashEvaluator(call, context);
      case "isnan" -> new NanTestEvaluator(call, context);
      default -> new DoubleFunctionEvaluator(call, context);
    };
  }
}
