package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import java.util.List;

/** Turns bound expressions into evaluators. */
public final class Evaluators {
  private Evaluators() {}

  /**
   * The evaluator of an expression, its scratch columns allocated; the caller closes it.
   *
   * @throws io.millrace.types.MillraceException if a function has no evaluator or a constant
   *     argument is wrong
   */
  public static Evaluator compile(BoundExpression expression, EvaluationContext context) {
    return switch (expression) {
      case BoundExpression.Input input -> new InputEvaluator(input);
      case BoundExpression.Field field -> new FieldEvaluator(field, context);
      case BoundExpression.Constant constant -> new ConstantEvaluator(constant, context);
      case BoundExpression.Apply apply -> FunctionEvaluators.create(apply, context);
      case BoundExpression.Convert convert -> FunctionEvaluators.convert(convert, context);
      case BoundExpression.Case cases -> new CaseEvaluator(cases, context);
      case BoundExpression.InList in -> InListEvaluator.create(in, context);
    };
  }

  /** One evaluator per expression; if one fails, those before it are closed. */
  public static Evaluator[] compileAll(
      List<BoundExpression> expressions, EvaluationContext context) {
    Evaluator[] evaluators = new Evaluator[expressions.size()];
    try {
      for (int i = 0; i < evaluators.length; i++) {
        evaluators[i] = compile(expressions.get(i), context);
      }
      return evaluators;
    } catch (RuntimeException | Error e) {
      closeAll(evaluators);
      throw e;
    }
  }

  public static void closeAll(Evaluator[] evaluators) {
    for (Evaluator evaluator : evaluators) {
      if (evaluator != null) {
        evaluator.close();
      }
    }
  }
}
