package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Optional;

/** AND, OR, NOT, tests for null, and the choices that are another way to write CASE. */
final class LogicFunctions {
  private LogicFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        LogicFunctions::create,
        Operators.AND,
        Operators.OR,
        Operators.NOT,
        Operators.IS_NULL,
        Operators.IS_NOT_NULL,
        "coalesce",
        "ifnull",
        "nvl",
        "nullif",
        "if");
  }

  private static Evaluator create(BoundExpression.Apply call, EvaluationContext context) {
    List<BoundExpression> arguments = call.arguments();
    return switch (call.function()) {
      case Operators.AND -> new ConjunctionEvaluator(call, true, context);
      case Operators.OR -> new ConjunctionEvaluator(call, false, context);
      case Operators.NOT -> new NotEvaluator(call, context);
      case Operators.IS_NULL -> new NullTestEvaluator(call, true, context);
      case Operators.IS_NOT_NULL -> new NullTestEvaluator(call, false, context);
      case "coalesce", "ifnull", "nvl" -> new CoalesceEvaluator(call, context);
      case "if" ->
          choice(call, arguments.get(0), arguments.get(1), Optional.of(arguments.get(2)), context);
      case "nullif" ->
          choice(
              call,
              new BoundExpression.Apply(
                  Operators.NOT,
                  List.of(
                      new BoundExpression.Apply(
                          Operators.NULL_SAFE_EQUAL, arguments, DataType.BOOLEAN, false)),
                  DataType.BOOLEAN,
                  false),
              arguments.get(0),
              Optional.empty(),
              context);
      default -> throw new AssertionError(call.function());
    };
  }

  private static Evaluator choice(
      BoundExpression.Apply call,
      BoundExpression condition,
      BoundExpression value,
      Optional<BoundExpression> otherwise,
      EvaluationContext context) {
    return new CaseEvaluator(
        new BoundExpression.Case(
            List.of(new BoundExpression.Branch(condition, value)),
            otherwise,
            call.type(),
            call.nullable()),
        context);
  }
}
