package io.millrace.analysis.optimizer;

import io.millrace.analysis.ResolvedPlan;

/**
 * Rewrites one operator whose inputs have been rewritten before; gives it back if it does not fit.
 */
@FunctionalInterface
interface PlanRule {
  ResolvedPlan apply(ResolvedPlan node);
}
