package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One column of a select list, stars taken apart.
 *
 * @param column the input's column that a star stood for; empty for an expression
 */
record SelectItem(String name, Expression expression, Optional<BoundExpression.Input> column) {

  static List<SelectItem> expand(List<Expression> list, Scope scope) {
    List<SelectItem> items = new ArrayList<>();
    for (Expression expression : list) {
      if (expression instanceof Expression.Star star
          && scope.structOf(star.qualifier()).isPresent()) {
        for (String field : scope.structOf(star.qualifier()).get().fields().names()) {
          List<String> parts = new ArrayList<>(star.qualifier());
          parts.add(field);
          items.add(new SelectItem(field, new Expression.Name(parts), Optional.empty()));
        }
      } else if (expression instanceof Expression.Star star) {
        for (int index : scope.star(star.qualifier())) {
          BoundExpression.Input input = scope.input(index);
          Expression name = Expression.Name.of(input.name());
          items.add(new SelectItem(input.name(), name, Optional.of(input)));
        }
      } else {
        items.add(new SelectItem(ExpressionText.name(expression), expression, Optional.empty()));
      }
    }
    if (items.isEmpty()) {
      throw new AnalysisException("select: there is no column to select");
    }
    return items;
  }

  boolean isAlias() {
    return expression instanceof Expression.Alias;
  }

  BoundExpression bind(ExpressionAnalyzer analyzer) {
    return column.isPresent() ? column.get() : analyzer.bind(expression);
  }

  /**
   * The item that {@code ORDER BY 2} means; empty if the key is no whole number.
   *
   * @throws AnalysisException if there is no such item
   */
  static Optional<Integer> ordinal(Expression key, int size, String clause) {
    if (key instanceof Expression.Literal literal && literal.value() instanceof Integer position) {
      if (position < 1 || position > size) {
        throw new AnalysisException(
            clause
                + " "
                + position
                + ": the select list has "
                + size
                + (size == 1 ? " column" : " columns"));
      }
      return Optional.of(position - 1);
    }
    return Optional.empty();
  }
}
