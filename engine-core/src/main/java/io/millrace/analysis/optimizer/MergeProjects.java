package io.millrace.analysis.optimizer;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import java.util.List;

/** Two projections become one, unless something would be computed twice. */
final class MergeProjects implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    if (!(node instanceof ResolvedPlan.Project outer)
        || !(outer.input() instanceof ResolvedPlan.Project inner)) {
      return node;
    }
    int[] counts = new int[inner.columns().size()];
    outer.columns().forEach(column -> Columns.count(column.expression(), counts));
    if (!Columns.inlinesOnce(counts, inner.columns())) {
      return node;
    }
    List<NamedExpression> columns =
        outer.columns().stream()
            .map(
                column ->
                    new NamedExpression(
                        column.name(), Columns.inline(column.expression(), inner.columns())))
            .toList();
    return new ResolvedPlan.Project(inner.input(), columns);
  }
}
