package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.ResolvedPlan;

/**
 * A filter that every row passes goes. One that none passes stays: its input still has to be read.
 */
final class RemoveTrueFilter implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    return node instanceof ResolvedPlan.Filter filter
            && filter.condition() instanceof Constant constant
            && Boolean.TRUE.equals(constant.value())
        ? filter.input()
        : node;
  }
}
