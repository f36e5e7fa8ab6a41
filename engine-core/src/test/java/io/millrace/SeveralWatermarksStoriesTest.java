package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One query over two inputs with watermarks of their own; the cases and their values are those that
 * Apache Spark's suite of watermarks describes.
 */
@ExtendWith(EngineThreads.class)
class SeveralWatermarksStoriesTest {
  @TempDir Path directory;

  private static DataFrame union(
      List<DataFrame> inputs, String firstDelay, String secondDelay, WatermarkOptions options) {
    return inputs
        .get(0)
        .withWatermark("ts", firstDelay, options)
        .union(inputs.get(1).withWatermark("ts", secondDelay, options));
  }

  private static Story totals() {
    return Story.ofInputs(
        "complete",
        2,
        inputs ->
            union(inputs, "10 seconds", "5 seconds", WatermarkOptions.of())
                .agg(sum("v").as("total")));
  }

  private static Story rows() {
    return Story.ofInputs(
        "append",
        2,
        inputs ->
            union(inputs, "10 seconds", "15 seconds", WatermarkOptions.of())
                .selectExpr("CAST(ts AS BIGINT)"));
  }

  private static void first(Story story, long second, long watermark) {
    story.addTo(0, second).process();
    story.watermark(watermark);
  }

  private static void second(Story story, long second, long watermark) {
    story.addTo(1, second).process();
    story.watermark(watermark);
  }

  private static void both(Story story, long first, long second, long watermark) {
    story.addTo(0, first).addTo(1, second).process();
    story.watermark(watermark);
  }

  @Test
  void theSlowerInputHoldsTheWatermark() {
    try (Story story = totals()) {
      first(story, 11, 0); // none until both inputs have brought rows
      second(story, 6, 1);
      second(story, 8, 1);
      first(story, 21, 3);
      second(story, 39, 11);
      first(story, 31, 21);
      first(story, 41, 31);
      first(story, 51, 34);
      both(story, 100, 100, 90);
      both(story, 120, 110, 105);
      both(story, 130, 125, 120);
      both(story, 100, 100, 120);
      both(story, 140, 100, 120);
      both(story, 100, 135, 130);
    }
  }

  @Test
  void aRestartForgetsNeitherTheWatermarkNorTheInputThatWasAhead() {
    try (Story story = totals().checkpoint(directory)) {
      both(story, 200, 190, 185);
      story.restart();
      // Spark stays at 185 here until the first input has brought rows again
      second(story, 200, 190);
      first(story, 200, 190);
      first(story, 300, 195);
    }
  }

  @Test
  void byPolicyMinAllInputsMustHaveGoneOn() {
    try (Story story = rows().checkpoint(directory)) {
      story.addTo(0, 20).addTo(1, 30).gives("20", "30").watermark(10);
      story.restart().addTo(0, 1).gives("1").watermark(10);
      story.addTo(0, 120).addTo(1, 130).gives("120", "130").watermark(110);
      story.addTo(1, 150).gives("150").watermark(110);
    }
  }

  @Test
  void byPolicyMaxOneInputIsEnough() {
    try (Story story = rows().checkpoint(directory).setting("millrace.watermarkPolicy", "max")) {
      story.addTo(0, 20).addTo(1, 30).gives("20", "30").watermark(15);
      story.restart().addTo(0, 1).gives("1").watermark(15);
      story.addTo(0, 120).addTo(1, 130).gives("120", "130").watermark(115);
      story.addTo(0, 150).gives("150").watermark(140);
    }
  }

  @Test
  void aCheckpointKeepsItsPolicyWhateverTheSessionSays() {
    try (Story story = rows().checkpoint(directory).setting("millrace.watermarkPolicy", "max")) {
      story.addTo(0, 20).addTo(1, 30).gives("20", "30").watermark(15);
      story.setting("millrace.watermarkPolicy", "min").restart();
      story.addTo(0, 120).addTo(1, 130).gives("120", "130").watermark(115);
      story.addTo(0, 150).gives("150").watermark(140);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "random"})
  void otherPoliciesDoNotExist(String policy) {
    assertThatThrownBy(() -> TestSession.open("millrace.watermarkPolicy", policy))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("it must be min or max");
  }

  private static Story windows(WatermarkOptions options) {
    return Story.ofInputs(
        "append", 2, inputs -> counts(union(inputs, "10 seconds", "10 seconds", options)));
  }

  @Test
  void aWindowOverAUnionClosesWhenBothInputsArePast() {
    try (Story story = windows(WatermarkOptions.of())) {
      story.addTo(0, 10, 11, 40).gives();
      story.addTo(1, 12, 13).gives().watermark(3);
      story.addTo(1, 25).gives("10 4").watermark(15);
      story.addTo(0, 10).gives().late(1L);
    }
  }

  @Test
  void anIdleInputNoLongerHoldsTheWatermarkAndMayComeBack() {
    ManualClock clock = new ManualClock(0);
    try (Story story = windows(WatermarkOptions.of().idleTimeout("20 seconds")).clock(clock)) {
      story.addTo(0, 10).addTo(1, 10).gives().watermark(0);
      clock.advance(Duration.ofSeconds(15));
      story.addTo(0, 40).gives().watermark(0);
      clock.advance(Duration.ofSeconds(5)); // 20 seconds without rows of the second input
      story.gives("10 2").watermark(30).state(1L);
      story.addTo(1, 12, 31).gives().late(1L).watermark(30);
      story.addTo(0, 100).gives().watermark(30); // the second input counts again
    }
  }

  @Test
  void anInputThatNeverBroughtARowIsIdleFromTheFirstBatchOn() {
    ManualClock clock = new ManualClock(0);
    try (Story story = windows(WatermarkOptions.of().idleTimeout("20 seconds")).clock(clock)) {
      story.addTo(0, 10, 25).gives().watermark(0);
      clock.advance(Duration.ofSeconds(19));
      story.addTo(0, 25).gives().watermark(0);
      clock.advance(Duration.ofSeconds(1));
      story.gives("10 1").watermark(15);
    }
  }

  @Test
  void anIdleInputComesBackAcrossARestart() {
    ManualClock clock = new ManualClock(0);
    WatermarkOptions options = WatermarkOptions.of().idleTimeout("20 seconds");
    try (Story story = windows(options).clock(clock).checkpoint(directory)) {
      story.addTo(0, 10).addTo(1, 10).gives();
      clock.advance(Duration.ofSeconds(15));
      story.addTo(0, 40).gives();
      clock.advance(Duration.ofSeconds(5));
      // how long the second input has been silent is known from the commit
      story.restart().gives("10 2").watermark(30);
    }
  }

  @Test
  void aUnionWithAnInputWithoutAWatermarkHasNoEventTime() {
    try (Story story =
        Story.ofInputs(
            "append",
            2,
            inputs -> counts(inputs.get(0).withWatermark("ts", "1 second").union(inputs.get(1))))) {
      story.refused("outputMode append: GROUP BY window has no key that is event time");
    }
    assertThat(directory).isEmptyDirectory();
  }
}
