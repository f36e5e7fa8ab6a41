package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;

/** A projection that passes every column on, in order and under its name, goes. */
final class RemoveTrivialProject implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    return node instanceof ResolvedPlan.Project project && isTrivial(project)
        ? project.input()
        : node;
  }

  private static boolean isTrivial(ResolvedPlan.Project project) {
    if (project.columns().size() != project.input().schema().size()) {
      return false;
    }
    for (int i = 0; i < project.columns().size(); i++) {
      NamedExpression column = project.columns().get(i);
      boolean passed =
          column.expression() instanceof Input input
              && input.index() == i
              && column.name().equals(project.input().schema().field(i).name());
      if (!passed) {
        return false;
      }
    }
    return true;
  }
}
