package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The evaluators of functions and operators by name. Each family registers one factory for all its
 * names, so that starting up links few lambdas.
 */
final class FunctionEvaluators {
  /** Makes the evaluator of a call; a constant argument is looked at here, once. */
  @FunctionalInterface
  interface Factory {
    Evaluator create(BoundExpression.Apply call, EvaluationContext context);
  }

  private static final Map<String, Factory> FACTORIES = new HashMap<>();

  static {
    LogicFunctions.register();
    ComparisonFunctions.register();
    ArithmeticFunctions.register();
    MathFunctions.register();
    TextFunctions.register();
    TimeFunctions.register();
    register(StructEvaluator::new, "named_struct");
  }

  private FunctionEvaluators() {}

  /** Registers one factory under several names. */
  static void register(Factory factory, String... names) {
    for (String name : names) {
      Factory previous = FACTORIES.put(name, factory);
      assert previous == null : name + " is registered twice";
    }
  }

  static Evaluator create(BoundExpression.Apply call, EvaluationContext context) {
    Factory factory = FACTORIES.get(call.function());
    if (factory == null) {
      throw unsupported(call);
    }
    return factory.create(call, context);
  }

  /** The error of a call that no evaluator takes; analysis should have refused it. */
  static MillraceException unsupported(BoundExpression.Apply call) {
    return new MillraceException(
        ErrorCode.PLAN,
        call.sql()
            + ": "
            + call.function()
            + " does not take "
            + call.arguments().stream()
                .map(argument -> argument.type().sql())
                .collect(Collectors.joining(", ", "(", ")"))
            + " to give "
            + call.type().sql());
  }

  /** The evaluator of a conversion. */
  static Evaluator convert(BoundExpression.Convert convert, EvaluationContext context) {
    return ConvertEvaluator.of(convert, context);
  }
}
