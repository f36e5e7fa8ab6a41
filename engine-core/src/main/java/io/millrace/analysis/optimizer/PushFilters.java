package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.BoundTree;
import io.millrace.analysis.Conjuncts;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Filters go below projections, unions, sorts, DISTINCT and, for keys, below aggregates. Not below
 * a watermark, which must see the event time of every row, nor below what counts late rows, and not
 * below a limit.
 */
final class PushFilters implements PlanRule {
  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    if (!(node instanceof ResolvedPlan.Filter filter)) {
      return node;
    }
    return switch (filter.input()) {
      case ResolvedPlan.Project project ->
          push(
              filter,
              project.input(),
              condition -> throughProject(condition, project.columns()),
              input -> new ResolvedPlan.Project(input, project.columns()));
      case ResolvedPlan.Aggregate aggregate when aggregate.eventTime().isPresent() -> node;
      case ResolvedPlan.Aggregate aggregate ->
          push(
              filter,
              aggregate.input(),
              condition -> throughAggregate(condition, aggregate.keys()),
              input -> PlanTree.withInputs(aggregate, List.of(input)));
      case ResolvedPlan.Window ignored -> node;
      case ResolvedPlan.SessionAggregate ignored -> node;
      case ResolvedPlan.Sort sort ->
          new ResolvedPlan.Sort(over(sort.input(), filter.condition()), sort.keys());
      case ResolvedPlan.Distinct distinct ->
          new ResolvedPlan.Distinct(over(distinct.input(), filter.condition()));
      case ResolvedPlan.Union union ->
          new ResolvedPlan.Union(
              union.inputs().stream().map(input -> over(input, filter.condition())).toList(),
              union.schema());
      case ResolvedPlan.Scan ignored -> node;
      case ResolvedPlan.LocalRows ignored -> node;
      case ResolvedPlan.Filter ignored -> node;
      case ResolvedPlan.Limit ignored -> node;
      case ResolvedPlan.Watermark ignored -> node;
    };
  }

  /** The filter over an input with the same columns, perhaps under other names. */
  private static ResolvedPlan over(ResolvedPlan input, BoundExpression condition) {
    BoundExpression renamed =
        BoundTree.replace(
            condition,
            part -> {
              if (!(part instanceof Input column)) {
                return Optional.empty();
              }
              Field field = input.schema().field(column.index());
              return Optional.of(
                  new Input(column.index(), field.name(), field.type(), field.nullable()));
            });
    return new ResolvedPlan.Filter(input, renamed);
  }

  private static ResolvedPlan push(
      ResolvedPlan.Filter filter,
      ResolvedPlan below,
      Function<BoundExpression, Optional<BoundExpression>> through,
      Function<ResolvedPlan, ResolvedPlan> operator) {
    List<BoundExpression> pushed = new ArrayList<>();
    List<BoundExpression> kept = new ArrayList<>();
    for (BoundExpression condition : Conjuncts.split(filter.condition())) {
      // A condition that stays may guard those after it, which then must not overtake it.
      Optional<BoundExpression> moved =
          kept.isEmpty() || !Failures.possible(condition)
              ? through.apply(condition)
              : Optional.empty();
      if (moved.isPresent() && (kept.isEmpty() || !Failures.possible(moved.get()))) {
        pushed.add(moved.get());
      } else {
        kept.add(condition);
      }
    }
    if (pushed.isEmpty()) {
      return filter;
    }
    ResolvedPlan input =
        operator.apply(new ResolvedPlan.Filter(below, Conjuncts.and(pushed).orElseThrow()));
    return Conjuncts.and(kept)
        .<ResolvedPlan>map(condition -> new ResolvedPlan.Filter(input, condition))
        .orElse(input);
  }

  private static Optional<BoundExpression> throughProject(
      BoundExpression condition, List<NamedExpression> columns) {
    int[] counts = new int[columns.size()];
    Columns.count(condition, counts);
    return Columns.inlinesOnce(counts, columns)
        ? Optional.of(Columns.inline(condition, columns))
        : Optional.empty();
  }

  /**
   * A condition on keys holds for a whole group or for none of it, unless it reads the batch's
   * arrival time: then it may hold for a group later and not now, and all its rows must be there.
   */
  private static Optional<BoundExpression> throughAggregate(
      BoundExpression condition, List<NamedExpression> keys) {
    boolean onKeys =
        !BoundTree.any(
            condition, part -> part instanceof Input input && input.index() >= keys.size());
    boolean readsAny = BoundTree.any(condition, part -> part instanceof Input);
    boolean readsTime =
        BoundTree.any(condition, part -> part instanceof Apply call && call.arguments().isEmpty());
    return onKeys && readsAny && !readsTime ? throughProject(condition, keys) : Optional.empty();
  }
}
