package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.Conjuncts;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a scan which comparisons of its columns with constants all rows must fulfil. The filter
 * stays, since sources may ignore them.
 */
final class PushScanFilters implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    if (!(node instanceof ResolvedPlan.Filter filter)
        || !(filter.input() instanceof ResolvedPlan.Scan scan)) {
      return node;
    }
    List<BoundExpression> comparisons = new ArrayList<>();
    for (BoundExpression condition : Conjuncts.split(filter.condition())) {
      if (condition instanceof Apply apply) {
        collect(apply, comparisons);
      }
    }
    return comparisons.isEmpty()
        ? node
        : new ResolvedPlan.Filter(
            new ResolvedPlan.Scan(scan.scan(), scan.full(), scan.columns(), comparisons),
            filter.condition());
  }

  private static void collect(Apply apply, List<BoundExpression> comparisons) {
    List<BoundExpression> arguments = apply.arguments();
    if (Comparisons.contains(apply.function()) && isPair(arguments.get(0), arguments.get(1))) {
      comparisons.add(apply);
    } else if (apply.function().equals(Operators.BETWEEN)) {
      bound(Operators.GREATER_OR_EQUAL, arguments.get(0), arguments.get(1), comparisons);
      bound(Operators.LESS_OR_EQUAL, arguments.get(0), arguments.get(2), comparisons);
    }
  }

  private static void bound(
      String operator,
      BoundExpression value,
      BoundExpression bound,
      List<BoundExpression> comparisons) {
    if (isPair(value, bound)) {
      comparisons.add(
          new Apply(operator, List.of(value, bound), DataType.BOOLEAN, value.nullable()));
    }
  }

  private static boolean isPair(BoundExpression left, BoundExpression right) {
    return left instanceof Input && right instanceof Constant constant && constant.value() != null;
  }
}
