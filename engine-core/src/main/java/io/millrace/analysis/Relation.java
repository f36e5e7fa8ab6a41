package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import java.util.ArrayList;
import java.util.List;

/** A resolved plan and the names under which its columns can be reached. */
record Relation(ResolvedPlan plan, Scope scope) {

  static Relation of(ResolvedPlan plan) {
    return new Relation(plan, Scope.of(plan.schema()));
  }

  Relation aliased(String name) {
    return new Relation(plan, Scope.of(plan.schema(), name));
  }

  /** Another plan over the same columns. */
  Relation with(ResolvedPlan other) {
    return new Relation(other, scope);
  }

  /** All columns as they are. */
  List<NamedExpression> columns() {
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < scope.schema().size(); i++) {
      columns.add(new NamedExpression(scope.schema().field(i).name(), scope.input(i)));
    }
    return columns;
  }

  /** These columns over this relation; a column that is passed on keeps its qualifier. */
  Relation project(List<NamedExpression> columns) {
    List<String> qualifiers = new ArrayList<>();
    for (NamedExpression column : columns) {
      boolean passed =
          column.expression() instanceof BoundExpression.Input input
              && input.name().equalsIgnoreCase(column.name());
      qualifiers.add(
          passed
              ? scope.qualifiers().get(((BoundExpression.Input) column.expression()).index())
              : "");
    }
    ResolvedPlan project = new ResolvedPlan.Project(plan, columns);
    return new Relation(project, new Scope(project.schema(), qualifiers));
  }
}
