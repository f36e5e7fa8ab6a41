package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.WatermarkOptions;
import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WatermarkAnalyzerTest {
  private static LogicalPlan.Scan stream(Map<String, String> options) {
    return new LogicalPlan.Scan("stream", "json", Optional.empty(), options, true);
  }

  private static LogicalPlan watermark(LogicalPlan input, WatermarkOptions options) {
    return new LogicalPlan.Watermark(
        input, "timestamp", 0, options.idleTimeoutUs(), options.maxFutureSkewUs());
  }

  private static ResolvedPlan.Watermark analyzed(LogicalPlan plan) {
    return (ResolvedPlan.Watermark) Plans.analyze(plan, true);
  }

  @Test
  void withoutAWordInputsAreWaitedForAndMayRunAhead() {
    ResolvedPlan.Watermark watermark = analyzed(watermark(stream(Map.of()), WatermarkOptions.of()));
    assertThat(watermark.idleTimeoutUs()).isEqualTo(Long.MAX_VALUE);
    assertThat(watermark.maxFutureSkewUs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sourceOptionsFillInWhatTheWatermarkDoesNotSay() {
    LogicalPlan.Scan scan = stream(Map.of("idletimeout", "30 seconds", "maxFutureSkew", "1 hour"));
    ResolvedPlan.Watermark watermark =
        analyzed(watermark(scan, WatermarkOptions.of().maxFutureSkew(Duration.ofMinutes(1))));
    assertThat(watermark.idleTimeoutUs()).isEqualTo(30_000_000);
    assertThat(watermark.maxFutureSkewUs()).isEqualTo(60_000_000);
    assertThat(OperatorList.describe(watermark))
        .isEqualTo(
            "Watermark timestamp delayed 0 seconds, idle after 30 seconds, at most ahead by 60 seconds");
  }

  @Test
  void theConnectorIsNotGivenThem() {
    Map<String, String> options =
        Map.of("idleTimeout", "1 s", "MAXFUTURESKEW", "1 s", "path", "in");
    assertThat(stream(options).connectorOptions()).containsExactly(Map.entry("path", "in"));
    assertThat(
            new LogicalPlan.Scan("r", "json", Optional.empty(), options, false).connectorOptions())
        .isEqualTo(options);
  }

  @Test
  void aWrongOptionIsFoundAlsoWithoutAWatermark() {
    assertThatThrownBy(() -> Plans.analyze(stream(Map.of("idleTimeout", "soon")), true))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith("source stream: option idleTimeout: \"soon\" is no duration");
    assertThatThrownBy(() -> Plans.analyze(stream(Map.of("maxFutureSkew", "0 s")), true))
        .hasMessage("source stream: option maxFutureSkew is 0 s, it must be more than 0");
    assertThatThrownBy(() -> WatermarkOptions.of().idleTimeout("-1 s"))
        .hasMessage("withWatermark: idleTimeout is -1 s, it must be more than 0");
  }

  @Test
  void sourcesThatDifferAreAsked() {
    LogicalPlan union =
        new LogicalPlan.Union(
            List.of(stream(Map.of("idleTimeout", "1 s")), stream(Map.of("idleTimeout", "2 s"))));
    assertThatThrownBy(() -> Plans.analyze(watermark(union, WatermarkOptions.of()), true))
        .hasMessageContaining("its sources differ in their option idleTimeout; say it in");
  }

  @Test
  void anInputHasOneEventTime() {
    LogicalPlan first = new LogicalPlan.Watermark(stream(Map.of()), "timestamp", 1);
    LogicalPlan renamed = new LogicalPlan.WithColumnRenamed(first, "timestamp", "t");
    assertThatThrownBy(() -> Plans.analyze(new LogicalPlan.Watermark(renamed, "t", 1), true))
        .hasMessage(
            "withWatermark t: there is a watermark on column timestamp already; an input has one"
                + " event time, so keep one of them");
  }

  @Test
  void eachSideOfAUnionMayHaveItsOwn() {
    LogicalPlan side =
        new LogicalPlan.Watermark(
            stream(Map.of()), "timestamp", 1, OptionalLong.of(2), OptionalLong.empty());
    assertThat(Plans.analyze(new LogicalPlan.Union(List.of(side, side)), true).inputs())
        .allSatisfy(
            input -> assertThat(((ResolvedPlan.Watermark) input).idleTimeoutUs()).isEqualTo(2));
  }
}
