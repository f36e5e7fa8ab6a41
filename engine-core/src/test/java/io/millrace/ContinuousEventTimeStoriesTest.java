package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Story.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Aggregations with trigger continuous, which Apache Spark refuses: they give what they give in
 * batches, row by row as the input comes. Without a checkpoint.
 */
@ExtendWith(EngineThreads.class)
class ContinuousEventTimeStoriesTest {
  private final ManualClock clock = new ManualClock(0);

  private Story story(String mode, Function<DataFrame, DataFrame> plan) {
    return Story.of(mode, plan).clock(clock).trigger(Trigger.continuous("1 second"));
  }

  @Test
  void appendGivesWindowsAsTheyClose() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12, 13, 14, 15).gives();
      story.add(25).gives("10 5").watermark(15).state(2L);
      story.add(10).gives().late(1L).state(2L);
    }
  }

  @Test
  void updateGivesWhatChanged() {
    try (Story story = story("update", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12, 13, 14, 15).gives("10 5", "15 1");
      story.add(25).gives("25 1").state(2L);
      story.add(10, 25).gives("25 2").late(1L);
    }
  }

  @Test
  void completeGivesAll() {
    try (Story story =
        story("complete", input -> input.groupBy("k").agg(count("*").as("n")).orderBy("k"))) {
      story.add(row("b", 1), row("a", 1)).gives("a 1", "b 1");
      story.add(row("b", 1)).gives("a 1", "b 2");
    }
  }

  @Test
  void theLastWindowsCloseWhenTheInputFallsSilent() {
    WatermarkOptions options = WatermarkOptions.of().idleTimeout("30 seconds");
    try (Story story =
        story("append", input -> counts(input.withWatermark("ts", "10 seconds", options)))) {
      story.add(10, 11).gives();
      clock.advance(Duration.ofSeconds(45));
      story.gives("10 2").watermark(16);
    }
  }

  @Test
  void severalBatchesOfOneEpochAreCountedTogether() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10).add(11).add(25).add(12).gives("10 2");
      assertThat(story.query().recentProgress().stream().mapToLong(p -> p.numInputRows()).sum())
          .isEqualTo(4);
      assertThat(
              story.query().recentProgress().stream()
                  .mapToLong(p -> p.stateOperators().getFirst().numRowsDroppedByWatermark())
                  .sum())
          .isEqualTo(1);
    }
  }

  @Test
  void theRowRuleHoldsHereToo() {
    try (Story story =
        story("append", EventTimeQueries::countsOf5Seconds).option("lateness", "row")) {
      story.add(10, 25, 11).gives("10 1").late(1L);
    }
  }

  @Test
  void everyRestartMayHaveTheOtherTrigger(@TempDir Path directory) {
    try (Story story =
        story("append", EventTimeQueries::countsOf5Seconds).checkpoint(directory.resolve("ck"))) {
      story.add(10, 11).gives();
      story.restart().add(25).gives("10 2").state(1L);
      story.trigger(Trigger.processingTime("0 seconds")).restart().add(26, 41).gives("25 2");
      story.trigger(Trigger.continuous("1 second")).restart().add(56).gives("40 1").watermark(46);
      story.restart().gives();
    }
  }

  @Test
  void aKeyMayBeAnything() {
    try (Story story =
        story("update", input -> input.groupBy(col("v").mod(2).as("odd")).agg(count("*")))) {
      story.add(1, 2, 3).gives("1 2", "0 1");
    }
  }
}
