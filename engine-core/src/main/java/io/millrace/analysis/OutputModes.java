package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which output modes a streaming plan can have; the rules are those of Spark's
 * UnsupportedOperationChecker. Each method throws an {@link AnalysisException} that names the
 * operator and the way out.
 */
public final class OutputModes {
  private OutputModes() {}

  /** Rows come out once and for all: groups must end, and nothing may need all rows. */
  public static void append(ResolvedPlan plan) {
    refuseOrder(plan, "append");
    for (ResolvedPlan groups : groups(plan)) {
      boolean ends =
          groups instanceof ResolvedPlan.Aggregate aggregate
              ? aggregate.eventTime().isPresent()
              : ((ResolvedPlan.SessionAggregate) groups).eventTime();
      if (!ends && !hasWatermark(groups)) {
        throw new AnalysisException(
            "outputMode append: "
                + name(groups)
                + " has no watermark below it, so its groups would never end; put"
                + " withWatermark(column, delay) before it, or use outputMode update or complete");
      } else if (!ends) {
        throw new AnalysisException(
            "outputMode append: "
                + name(groups)
                + " has no key that is event time, so its groups would never end; group by"
                + " window(...) over the column of withWatermark or by that column, or use outputMode"
                + " update or complete");
      }
    }
  }

  /** Rows that changed come out: each must be found again by its keys. */
  public static void update(ResolvedPlan plan) {
    refuseOrder(plan, "update");
    List<ResolvedPlan> groups = groups(plan);
    requireOne(groups, "update");
    for (ResolvedPlan each : groups) {
      if (each instanceof ResolvedPlan.SessionAggregate) {
        throw new AnalysisException(
            "outputMode update: "
                + name(each)
                + " has rows that go when sessions grow together, which update cannot say; use"
                + " outputMode append or complete");
      }
    }
  }

  /** The whole result comes out each time: it must be one that is kept. */
  public static void complete(ResolvedPlan plan) {
    List<ResolvedPlan> groups = groups(plan);
    if (groups.isEmpty()) {
      throw new AnalysisException(
          "outputMode complete needs an aggregation, the query has none; use append");
    }
    requireOne(groups, "complete");
    for (ResolvedPlan order : order(plan)) {
      if (groups(order).isEmpty()) {
        throw new AnalysisException(
            "outputMode complete: "
                + name(order)
                + " stands before the aggregation, where the input never ends; move it behind");
      }
    }
  }

  private static void refuseOrder(ResolvedPlan plan, String mode) {
    List<ResolvedPlan> order = order(plan);
    if (!order.isEmpty()) {
      throw new AnalysisException(
          "outputMode "
              + mode
              + ": "
              + name(order.getFirst())
              + " needs all rows, and a stream has no last one; use it behind an aggregation with"
              + " outputMode complete, or in foreachBatch");
    }
  }

  private static void requireOne(List<ResolvedPlan> groups, String mode) {
    if (groups.size() > 1) {
      throw new AnalysisException(
          "outputMode "
              + mode
              + ": "
              + groups.stream().map(OutputModes::name).collect(Collectors.joining(" and "))
              + " stand one after the other, which runs in outputMode append only");
    }
  }

  /** The aggregates over streams, inputs before what reads them. */
  private static List<ResolvedPlan> groups(ResolvedPlan plan) {
    List<ResolvedPlan> found = new ArrayList<>();
    collect(plan, found, true);
    return found;
  }

  /** ORDER BY and LIMIT over streams. */
  private static List<ResolvedPlan> order(ResolvedPlan plan) {
    List<ResolvedPlan> found = new ArrayList<>();
    collect(plan, found, false);
    return found;
  }

  private static void collect(ResolvedPlan plan, List<ResolvedPlan> found, boolean groups) {
    plan.inputs().forEach(input -> collect(input, found, groups));
    boolean wanted =
        switch (plan) {
          case ResolvedPlan.Aggregate ignored -> groups;
          case ResolvedPlan.SessionAggregate ignored -> groups;
          case ResolvedPlan.Sort ignored -> !groups;
          case ResolvedPlan.Limit ignored -> !groups;
          case ResolvedPlan.Scan ignored -> false;
          case ResolvedPlan.LocalRows ignored -> false;
          case ResolvedPlan.Filter ignored -> false;
          case ResolvedPlan.Project ignored -> false;
          case ResolvedPlan.Window ignored -> false;
          case ResolvedPlan.Distinct ignored -> false;
          case ResolvedPlan.Union ignored -> false;
          case ResolvedPlan.Watermark ignored -> false;
        };
    if (wanted && StreamingInputs.isStreaming(plan)) {
      found.add(plan);
    }
  }

  private static boolean hasWatermark(ResolvedPlan plan) {
    return plan instanceof ResolvedPlan.Watermark
        || plan.inputs().stream().anyMatch(OutputModes::hasWatermark);
  }

  /** The operator as the user wrote it. */
  private static String name(ResolvedPlan plan) {
    return switch (plan) {
      case ResolvedPlan.Aggregate groups when groups.keys().isEmpty() ->
          "the aggregate over all rows";
      case ResolvedPlan.Aggregate groups -> "GROUP BY " + names(groups.keys());
      case ResolvedPlan.SessionAggregate sessions ->
          "GROUP BY "
              + (sessions.keys().isEmpty() ? "" : names(sessions.keys()) + ", ")
              + WindowStruct.SESSION;
      case ResolvedPlan.Sort ignored -> "ORDER BY";
      case ResolvedPlan.Limit limit -> "LIMIT " + limit.rows();
      default -> throw new AssertionError(plan);
    };
  }

  private static String names(List<NamedExpression> keys) {
    return keys.stream()
        .map(key -> key.name().equals(WindowCall.START) ? WindowStruct.WINDOW : key.name())
        .collect(Collectors.joining(", "));
  }
}
