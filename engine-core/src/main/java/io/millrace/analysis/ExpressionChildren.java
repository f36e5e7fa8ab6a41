package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walks expressions as written. */
final class ExpressionChildren {
  private ExpressionChildren() {}

  /** The parts of an expression; a chain of AND or OR has its operands. */
  static List<Expression> of(Expression expression) {
    return switch (expression) {
      case Expression.Literal ignored -> List.of();
      case Expression.Name ignored -> List.of();
      case Expression.Star ignored -> List.of();
      case Expression.Alias alias -> List.of(alias.child());
      case Expression.Cast cast -> List.of(cast.child());
      case Expression.WithSchema with -> List.of(with.child());
      case Expression.Call call -> ofCall(call);
      case Expression.Case cases -> {
        List<Expression> parts = new ArrayList<>();
        for (Expression.Branch branch : cases.branches()) {
          parts.add(branch.condition());
          parts.add(branch.value());
        }
        cases.otherwise().ifPresent(parts::add);
        yield parts;
      }
      case Expression.In in -> {
        List<Expression> parts = new ArrayList<>(in.options());
        parts.add(in.value());
        yield parts;
      }
    };
  }

  private static List<Expression> ofCall(Expression.Call call) {
    boolean chain = call.function().equals(Operators.AND) || call.function().equals(Operators.OR);
    List<Expression> arguments = chain ? Conjuncts.flatten(call) : call.arguments();
    if (call.filter().isEmpty()) {
      return arguments;
    }
    List<Expression> parts = new ArrayList<>(arguments);
    parts.add(call.filter().get());
    return parts;
  }

  /** Whether a part, or the whole, has this property. */
  static boolean any(Expression expression, Predicate<Expression> property) {
    if (property.test(expression)) {
      return true;
    }
    for (Expression child : of(expression)) {
      if (any(child, property)) {
        return true;
      }
    }
    return false;
  }
}
