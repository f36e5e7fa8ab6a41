package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.plan.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A select list without aggregates; a window in it gives each row once per window. */
record PlainSelection(Relation below, List<NamedExpression> columns, Coercion coercion)
    implements Selection {

  static PlainSelection of(Relation input, List<Expression> list, Coercion coercion) {
    WindowCall window = new WindowCall(input, coercion);
    ExpressionAnalyzer analyzer =
        new ExpressionAnalyzer(input.scope(), "select", coercion)
            .withPlaced(call -> window.bind(call, "select"));
    List<NamedExpression> columns =
        SelectItem.expand(list, input.scope()).stream()
            .map(item -> new NamedExpression(item.name(), item.bind(analyzer)))
            .toList();
    return new PlainSelection(window.below(), columns, coercion);
  }

  @Override
  public BoundExpression bind(
      Expression expression,
      String clause,
      Function<List<String>, Optional<BoundExpression>> aliases) {
    return new ExpressionAnalyzer(below.scope(), clause, coercion)
        .withAliases(aliases)
        .bind(expression);
  }
}
