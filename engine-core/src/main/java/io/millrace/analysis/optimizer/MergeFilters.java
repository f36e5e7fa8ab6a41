package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.Conjuncts;
import io.millrace.analysis.ResolvedPlan;
import java.util.ArrayList;
import java.util.List;

/** Two filters become one; the inner condition is still asked first. */
final class MergeFilters implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    if (node instanceof ResolvedPlan.Filter outer
        && outer.input() instanceof ResolvedPlan.Filter inner) {
      List<BoundExpression> conditions = new ArrayList<>(Conjuncts.split(inner.condition()));
      conditions.addAll(Conjuncts.split(outer.condition()));
      return new ResolvedPlan.Filter(inner.input(), Conjuncts.and(conditions).orElseThrow());
    }
    return node;
  }
}
