package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.analysis.ResolvedPlan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walks and rebuilds resolved plans. */
final class PlanTree {
  private PlanTree() {}

  static ResolvedPlan bottomUp(ResolvedPlan plan, PlanRule rule) {
    List<ResolvedPlan> inputs = new ArrayList<>(plan.inputs().size());
    boolean different = false;
    for (ResolvedPlan input : plan.inputs()) {
      ResolvedPlan changed = bottomUp(input, rule);
      different |= changed != input;
      inputs.add(changed);
    }
    return rule.apply(different ? withInputs(plan, inputs) : plan);
  }

  /** The same operator over other inputs, as many and of the same columns. */
  static ResolvedPlan withInputs(ResolvedPlan plan, List<ResolvedPlan> inputs) {
    return switch (plan) {
      case ResolvedPlan.Scan scan -> scan;
      case ResolvedPlan.LocalRows rows -> rows;
      case ResolvedPlan.Filter filter ->
          new ResolvedPlan.Filter(inputs.getFirst(), filter.condition());
      case ResolvedPlan.Project project ->
          new ResolvedPlan.Project(inputs.getFirst(), project.columns());
      case ResolvedPlan.Aggregate aggregate ->
          new ResolvedPlan.Aggregate(
              inputs.getFirst(), aggregate.keys(), aggregate.aggregates(), aggregate.eventTime());
      case ResolvedPlan.Window window ->
          new ResolvedPlan.Window(
              inputs.getFirst(),
              window.time(),
              window.windows(),
              window.column(),
              window.eventTime());
      case ResolvedPlan.SessionAggregate sessions ->
          new ResolvedPlan.SessionAggregate(
              inputs.getFirst(),
              sessions.keys(),
              sessions.time(),
              sessions.gapUs(),
              sessions.aggregates(),
              sessions.eventTime());
      case ResolvedPlan.Sort sort -> new ResolvedPlan.Sort(inputs.getFirst(), sort.keys());
      case ResolvedPlan.Limit limit -> new ResolvedPlan.Limit(inputs.getFirst(), limit.rows());
      case ResolvedPlan.Distinct ignored -> new ResolvedPlan.Distinct(inputs.getFirst());
      case ResolvedPlan.Union union -> new ResolvedPlan.Union(inputs, union.schema());
      case ResolvedPlan.Watermark watermark ->
          watermark(watermark, inputs.getFirst(), watermark.column());
    };
  }

  /** The same watermark over another input. */
  static ResolvedPlan.Watermark watermark(
      ResolvedPlan.Watermark watermark, ResolvedPlan input, int column) {
    return new ResolvedPlan.Watermark(
        input, column, watermark.delayUs(), watermark.idleTimeoutUs(), watermark.maxFutureSkewUs());
  }

  /** The same operator with other expressions of the same types. */
  static ResolvedPlan mapExpressions(ResolvedPlan plan, UnaryOperator<BoundExpression> change) {
    return switch (plan) {
      case ResolvedPlan.Scan scan -> scan;
      case ResolvedPlan.LocalRows rows -> rows;
      case ResolvedPlan.Limit limit -> limit;
      case ResolvedPlan.Distinct distinct -> distinct;
      case ResolvedPlan.Union union -> union;
      case ResolvedPlan.Watermark watermark -> watermark;
      case ResolvedPlan.Filter filter ->
          new ResolvedPlan.Filter(filter.input(), change.apply(filter.condition()));
      case ResolvedPlan.Project project ->
          new ResolvedPlan.Project(project.input(), mapNamed(project.columns(), change));
      case ResolvedPlan.Aggregate aggregate ->
          new ResolvedPlan.Aggregate(
              aggregate.input(),
              mapNamed(aggregate.keys(), change),
              mapCalls(aggregate.aggregates(), change),
              aggregate.eventTime());
      case ResolvedPlan.Window window ->
          new ResolvedPlan.Window(
              window.input(),
              change.apply(window.time()),
              window.windows(),
              window.column(),
              window.eventTime());
      case ResolvedPlan.SessionAggregate sessions ->
          new ResolvedPlan.SessionAggregate(
              sessions.input(),
              mapNamed(sessions.keys(), change),
              change.apply(sessions.time()),
              change.apply(sessions.gapUs()),
              mapCalls(sessions.aggregates(), change),
              sessions.eventTime());
      case ResolvedPlan.Sort sort ->
          new ResolvedPlan.Sort(
              sort.input(),
              sort.keys().stream()
                  .map(
                      key ->
                          new SortKey(change.apply(key.key()), key.ascending(), key.nullsFirst()))
                  .toList());
    };
  }

  private static List<NamedExpression> mapNamed(
      List<NamedExpression> columns, UnaryOperator<BoundExpression> change) {
    return columns.stream()
        .map(column -> new NamedExpression(column.name(), change.apply(column.expression())))
        .toList();
  }

  private static List<AggregateCall> mapCalls(
      List<AggregateCall> calls, UnaryOperator<BoundExpression> change) {
    return calls.stream().map(call -> mapCall(call, change)).toList();
  }

  private static AggregateCall mapCall(AggregateCall call, UnaryOperator<BoundExpression> change) {
    return new AggregateCall(
        call.name(),
        call.function(),
        call.arguments().stream().map(change).toList(),
        call.distinct(),
        call.filter().map(change),
        call.type(),
        call.nullable());
  }
}
