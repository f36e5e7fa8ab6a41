package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Chains of AND and OR as lists. Generated conditions can be thousands of terms long, so a chain
 * never becomes recursion.
 */
public final class Conjuncts {
  /** How deeply a user's expression may be nested, chains of AND or OR counting as one level. */
  static final int MAX_DEPTH = 200;

  private Conjuncts() {}

  /** The operands of a chain of the call's own operator, left to right. */
  static List<Expression> flatten(Expression.Call call) {
    List<Expression> operands = new ArrayList<>();
    Deque<Expression> open = new ArrayDeque<>();
    open.push(call);
    while (!open.isEmpty()) {
      Expression next = open.pop();
      if (next instanceof Expression.Call inner && inner.function().equals(call.function())) {
        for (Expression argument : inner.arguments().reversed()) {
          open.push(argument);
        }
      } else {
        operands.add(next);
      }
    }
    return operands;
  }

  /** The conditions that must all hold. */
  public static List<BoundExpression> split(BoundExpression condition) {
    return condition instanceof BoundExpression.Apply apply
            && apply.function().equals(Operators.AND)
        ? apply.arguments().stream().flatMap(argument -> split(argument).stream()).toList()
        : List.of(condition);
  }

  /** One condition that holds when all of these do; empty for none. */
  public static Optional<BoundExpression> and(List<BoundExpression> conditions) {
    if (conditions.size() < 2) {
      return conditions.stream().findFirst();
    }
    return Optional.of(
        new BoundExpression.Apply(
            Operators.AND,
            conditions,
            DataType.BOOLEAN,
            conditions.stream().anyMatch(BoundExpression::nullable)));
  }

  /**
   * Refuses what would end the stack of a thread that walks the expression.
   *
   * @throws AnalysisException if it is nested too deeply
   */
  static void requireShallow(Expression expression) {
    record Level(Expression expression, int depth) {}
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(expression, 1));
    while (!open.isEmpty()) {
      Level level = open.pop();
      if (level.depth > MAX_DEPTH) {
        throw new AnalysisException(
            "an expression is nested more than "
                + MAX_DEPTH
                + " levels deep; compute parts of it in a select before");
      }
      for (Expression child : ExpressionChildren.of(level.expression)) {
        open.push(new Level(child, level.depth + 1));
      }
    }
  }
}
