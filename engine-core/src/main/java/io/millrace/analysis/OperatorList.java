package io.millrace.analysis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as one line per operator: what a checkpoint keeps to tell whether its query has changed,
 * and what explain prints.
 */
public final class OperatorList {
  private OperatorList() {}

  /** Inputs before what reads them, left to right. */
  public static List<String> of(ResolvedPlan plan) {
    List<String> lines = new ArrayList<>();
    collect(plan, lines);
    return lines;
  }

  /** The tree, the result on top, inputs indented below; ends with a line break. */
  public static String tree(ResolvedPlan plan) {
    StringBuilder text = new StringBuilder();
    print(plan, 0, text);
    return text.toString();
  }

  private static void collect(ResolvedPlan plan, List<String> lines) {
    plan.inputs().forEach(input -> collect(input, lines));
    lines.add(describe(plan));
  }

  private static void print(ResolvedPlan plan, int depth, StringBuilder text) {
    text.append("   ".repeat(Math.max(0, depth - 1))).append(depth == 0 ? "" : "+- ");
    text.append(describe(plan));
    if (plan instanceof ResolvedPlan.Scan scan) {
      text.append(", format ")
          .append(scan.scan().format())
          .append(scan.scan().streaming() ? ", streaming" : "");
      if (!scan.filters().isEmpty()) {
        text.append(", pushed filters ").append(list(scan.filters()));
      }
    }
    text.append('\n');
    plan.inputs().forEach(input -> print(input, depth + 1, text));
  }

  /** One operator without its inputs. */
  static String describe(ResolvedPlan plan) {
    return switch (plan) {
      case ResolvedPlan.Scan scan -> "Scan " + scan.scan().name() + " " + scan.schema().names();
      case ResolvedPlan.LocalRows rows ->
          "LocalRows " + rows.rows().size() + " " + rows.schema().names();
      case ResolvedPlan.Filter filter -> "Filter " + filter.condition().sql();
      case ResolvedPlan.Project project -> "Project " + named(project.columns());
      case ResolvedPlan.Aggregate aggregate ->
          "Aggregate "
              + named(aggregate.keys())
              + " "
              + aggregate.aggregates().stream().map(OperatorList::aggregate).toList();
      case ResolvedPlan.Window window ->
          "Window "
              + window.time().sql()
              + " of "
              + seconds(window.windows().sizeUs())
              + " every "
              + seconds(window.windows().slideUs())
              + " from "
              + seconds(window.windows().startUs());
      case ResolvedPlan.SessionAggregate sessions ->
          "SessionAggregate "
              + named(sessions.keys())
              + " "
              + sessions.time().sql()
              + " with gaps of "
              + sessions.gapUs().sql()
              + " microseconds "
              + sessions.aggregates().stream().map(OperatorList::aggregate).toList();
      case ResolvedPlan.Sort sort ->
          "Sort "
              + sort.keys().stream()
                  .map(
                      key ->
                          key.key().sql()
                              + (key.ascending() ? " ASC" : " DESC")
                              + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                  .toList();
      case ResolvedPlan.Limit limit -> "Limit " + limit.rows();
      case ResolvedPlan.Distinct ignored -> "Distinct";
      case ResolvedPlan.Union union -> "Union of " + union.inputs().size();
      case ResolvedPlan.Watermark watermark ->
          "Watermark "
              + watermark.schema().field(watermark.column()).name()
              + " delayed "
              + seconds(watermark.delayUs())
              + limit(", idle after ", watermark.idleTimeoutUs())
              + limit(", at most ahead by ", watermark.maxFutureSkewUs());
    };
  }

  private static String limit(String words, long us) {
    return us == Long.MAX_VALUE ? "" : words + seconds(us);
  }

  private static String seconds(long us) {
    return BigDecimal.valueOf(us, 6).stripTrailingZeros().toPlainString() + " seconds";
  }

  private static String aggregate(ResolvedPlan.AggregateCall call) {
    return call.function()
        + (call.distinct() ? "(DISTINCT " : "(")
        + call.arguments().stream().map(BoundExpression::sql).collect(Collectors.joining(", "))
        + ")"
        + call.filter().map(filter -> " FILTER (WHERE " + filter.sql() + ")").orElse("");
  }

  private static String named(List<ResolvedPlan.NamedExpression> columns) {
    return columns.stream()
        .map(
            column ->
                column.expression() instanceof BoundExpression.Input input
                        && input.name().equals(column.name())
                    ? column.name()
                    : column.expression().sql() + " AS " + column.name())
        .toList()
        .toString();
  }

  private static String list(List<BoundExpression> expressions) {
    return expressions.stream().map(BoundExpression::sql).toList().toString();
  }
}
