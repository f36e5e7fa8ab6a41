package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.plan.Operators;
import io.millrace.spi.ColumnFilter;
import io.millrace.spi.ColumnFilter.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions on a scan's columns in the form that sources understand; others are left out, since
 * they stand above too.
 */
public final class PushedFilters {
  private PushedFilters() {}

  public static List<ColumnFilter> of(List<BoundExpression> conditions) {
    List<ColumnFilter> filters = new ArrayList<>();
    for (BoundExpression condition : conditions) {
      if (condition instanceof BoundExpression.Apply apply
          && apply.arguments().size() == 2
          && apply.arguments().get(0) instanceof BoundExpression.Input input
          && apply.arguments().get(1) instanceof BoundExpression.Constant constant
          && constant.value() != null) {
        comparison(apply.function())
            .ifPresent(
                comparison ->
                    filters.add(new ColumnFilter(input.index(), comparison, constant.value())));
      }
    }
    return filters;
  }

  private static Optional<Comparison> comparison(String function) {
    return switch (function) {
      case Operators.EQUAL -> Optional.of(Comparison.EQUAL);
      case Operators.NOT_EQUAL -> Optional.of(Comparison.NOT_EQUAL);
      case Operators.LESS -> Optional.of(Comparison.LESS);
      case Operators.LESS_OR_EQUAL -> Optional.of(Comparison.LESS_OR_EQUAL);
      case Operators.GREATER -> Optional.of(Comparison.GREATER);
      case Operators.GREATER_OR_EQUAL -> Optional.of(Comparison.GREATER_OR_EQUAL);
      default -> Optional.empty();
    };
  }
}
