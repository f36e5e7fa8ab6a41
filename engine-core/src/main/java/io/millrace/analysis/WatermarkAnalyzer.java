package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.spi.Durations;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Checks {@code withWatermark} and takes what it leaves open from the options of its sources. */
final class WatermarkAnalyzer {
  private WatermarkAnalyzer() {}

  /** A static input has no watermark, since all its rows are there. */
  static Relation watermark(Relation input, LogicalPlan.Watermark watermark, Coercion coercion) {
    BoundExpression column =
        new ExpressionAnalyzer(input.scope(), "withWatermark", coercion)
            .bind(new Expression.Name(List.of(watermark.column())));
    if (column.type() != DataType.TIMESTAMP) {
      throw new AnalysisException(
          "withWatermark: column "
              + column.sql()
              + " is "
              + column.type().sql()
              + ", event time must be TIMESTAMP"
              + CallSite.tryCast(column, DataType.TIMESTAMP));
    }
    below(input.plan())
        .ifPresent(
            other -> {
              throw new AnalysisException(
                  "withWatermark "
                      + watermark.column()
                      + ": there is a watermark on column "
                      + other
                      + " already; an input has one event time, so keep one of them");
            });
    if (!StreamingInputs.isStreaming(input.plan())) {
      return input;
    }
    return input.with(
        new ResolvedPlan.Watermark(
            input.plan(),
            ((BoundExpression.Input) column).index(),
            watermark.delayUs(),
            limit(watermark.idleTimeoutUs(), input.plan(), LogicalPlan.Scan.IDLE_TIMEOUT),
            limit(watermark.maxFutureSkewUs(), input.plan(), LogicalPlan.Scan.MAX_FUTURE_SKEW)));
  }

  /**
   * Checks the options of a streaming input that are no connector's.
   *
   * @throws AnalysisException if one is no positive duration
   */
  static void checkOptions(LogicalPlan.Scan scan) {
    if (scan.streaming()) {
      optionUs(scan, LogicalPlan.Scan.IDLE_TIMEOUT);
      optionUs(scan, LogicalPlan.Scan.MAX_FUTURE_SKEW);
    }
  }

  /** The column of a watermark below. */
  private static Optional<String> below(ResolvedPlan plan) {
    if (plan instanceof ResolvedPlan.Watermark watermark) {
      return Optional.of(watermark.schema().field(watermark.column()).name());
    }
    return plan.inputs().stream().flatMap(input -> below(input).stream()).findFirst();
  }

  private static long limit(OptionalLong said, ResolvedPlan input, String option) {
    if (said.isPresent()) {
      return said.getAsLong();
    }
    Set<Long> found = new HashSet<>();
    collect(input, option, found);
    if (found.size() > 1) {
      throw new AnalysisException(
          "withWatermark: its sources differ in their option "
              + option
              + "; say it in withWatermark, or put withWatermark on each source");
    }
    return found.stream().findFirst().orElse(Long.MAX_VALUE);
  }

  private static void collect(ResolvedPlan plan, String option, Set<Long> found) {
    if (plan instanceof ResolvedPlan.Scan scan) {
      optionUs(scan.scan(), option).ifPresent(found::add);
    }
    plan.inputs().forEach(input -> collect(input, option, found));
  }

  private static OptionalLong optionUs(LogicalPlan.Scan scan, String option) {
    Optional<String> text =
        scan.options().entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(option))
            .map(java.util.Map.Entry::getValue)
            .findFirst();
    return text.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Durations.positiveUs("source " + scan.name() + ": option " + option, text.get()));
  }
}
