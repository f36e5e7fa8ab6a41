package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundTree;
import io.millrace.analysis.ResolvedPlan;
import java.util.List;

/**
 * Rewrites a plan by rules until none changes it. Columns that come out, their names and types stay
 * the same; an expression that may fail is never evaluated for more rows than before.
 */
public final class Optimizer {
  /** More rounds than any plan needs; each rule makes a plan smaller or pushes something down. */
  private static final int MAX_ROUNDS = 50;

  private final List<ExpressionRule> expressionRules;

  private final List<PlanRule> planRules =
      List.of(
          new RemoveTrueFilter(),
          new MergeFilters(),
          new PushFilters(),
          new MergeProjects(),
          new FoldLocalRows(),
          new RemoveTrivialProject());

  public Optimizer(ConstantFolder folder) {
    expressionRules =
        List.of(
            new FoldConstants(folder),
            new ConstantsRight(),
            new NarrowComparisons(),
            new SimplifyLogic(),
            new SimplifyFields(),
            new SimplifyNulls(),
            new SimplifyChoices());
  }

  public ResolvedPlan optimize(ResolvedPlan plan) {
    ResolvedPlan pruned = PruneColumns.prune(toFixedPoint(plan));
    return PlanTree.bottomUp(toFixedPoint(pruned), new PushScanFilters());
  }

  private ResolvedPlan toFixedPoint(ResolvedPlan plan) {
    ResolvedPlan current = plan;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      ResolvedPlan next =
          PlanTree.bottomUp(
              current,
              node ->
                  PlanTree.mapExpressions(
                      node, expression -> BoundTree.bottomUp(expression, this::simplify)));
      for (PlanRule rule : planRules) {
        next = PlanTree.bottomUp(next, rule);
      }
      if (next.equals(current)) {
        return next;
      }
      current = next;
    }
    return current;
  }

  /** One expression, its parts already simplified; for conditions outside of plans, and tests. */
  BoundExpression simplify(BoundExpression expression) {
    BoundExpression simpler = expression;
    for (ExpressionRule rule : expressionRules) {
      simpler = rule.apply(simpler);
    }
    return simpler;
  }
}
