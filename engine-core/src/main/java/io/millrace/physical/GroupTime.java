package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.state.table.KeyedGroups.Closing;

/** Which key is the time of groups: event time, by which they end, or else a window's start. */
final class GroupTime {
  private GroupTime() {}

  static Closing closing(ResolvedPlan.Aggregate plan, Emission emission) {
    return plan.eventTime()
        .map(
            key ->
                new Closing(
                    key.key(), emission == Emission.COMPLETE ? Closing.ENDLESS : key.lengthUs()))
        .orElseGet(() -> new Closing(windowStart(plan), Closing.ENDLESS));
  }

  private static int windowStart(ResolvedPlan.Aggregate plan) {
    for (int i = 0; i < plan.keys().size(); i++) {
      if (isWindowStart(plan.keys().get(i).expression(), plan.input())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isWindowStart(BoundExpression value, ResolvedPlan rows) {
    if (!(value instanceof BoundExpression.Input column)) {
      return false;
    }
    return switch (rows) {
      case ResolvedPlan.Window window -> column.index() == window.input().schema().size();
      case ResolvedPlan.Filter filter -> isWindowStart(value, filter.input());
      case ResolvedPlan.Project project ->
          isWindowStart(project.columns().get(column.index()).expression(), project.input());
      default -> false;
    };
  }
}
