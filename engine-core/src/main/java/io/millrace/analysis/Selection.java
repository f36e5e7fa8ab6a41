package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.plan.Expression;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A select list over rows or over groups, not yet put on top, so that ORDER BY can still look at
 * what lies below it.
 */
interface Selection {
  List<NamedExpression> columns();

  /** What lies below; asked for last, because keys of an ORDER BY may add aggregates to it. */
  Relation below();

  /**
   * An expression over what lies below.
   *
   * @param aliases names that come before the columns
   */
  BoundExpression bind(
      Expression expression,
      String clause,
      Function<List<String>, Optional<BoundExpression>> aliases);

  default Relation finish() {
    return below().project(columns());
  }

  /** The selected column of that name, or a field of it. */
  default Optional<BoundExpression> alias(List<String> parts) {
    return columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(parts.getFirst()))
        .map(NamedExpression::expression)
        .findFirst()
        .filter(value -> parts.size() == 1 || value.type() instanceof DataType.Struct)
        .map(value -> StructFunctions.fields(value, parts.subList(1, parts.size())));
  }
}
