package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.Functions.col;
import static io.millrace.Functions.collectList;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;
import static io.millrace.Story.row;
import static io.millrace.Story.rows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that end and begin again from their checkpoint; the cases and their values are those that
 * Apache Spark's suites describe.
 */
@ExtendWith(EngineThreads.class)
class EventTimeRecoveryStoriesTest {
  @TempDir Path directory;

  private Story story(String mode, Function<DataFrame, DataFrame> plan) {
    return Story.of(mode, plan).checkpoint(directory);
  }

  private static DataFrame perValue(DataFrame input) {
    return input.groupBy("v").agg(count("*").as("n"));
  }

  @Test
  void windowsAndWatermarkComeBack() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12, 13, 14, 15).gives();
      // the epoch of 25 runs again, since the application failed before its commit
      story.failsAt("10 5").add(25).fails("the application fails at 10 5");
      story.restart().gives("10 5").watermark(15);
      story.add(10, 27, 30).gives("15 1").late(1L).watermark(20);
      story.restart().gives();
      story.add(17).gives().late(1L).watermark(20);
      story.add(40).gives("25 2").watermark(30).state(2L);
    }
  }

  @Test
  void aRestartGivesNothingTwice() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 25).gives("10 1");
      story.restart().gives();
      story.restart().gives();
      story.add(40).gives("25 1");
    }
  }

  @Test
  void aFailureInTheMiddleOfABatchCountsNoRowTwice() {
    try (Story story = story("update", EventTimeRecoveryStoriesTest::perValue)) {
      story.failsAt("4 1").add(1, 2, 3, 4).fails("the application fails at 4 1");
      story.restart().gives("1 1", "2 1", "3 1", "4 1").state(4L);
      story.add(4).gives("4 2");
    }
  }

  @Test
  void countsGoOnInUpdateMode() {
    try (Story story = story("update", EventTimeRecoveryStoriesTest::perValue)) {
      story.add(3).gives("3 1");
      story.add(2, 3).gives("2 1", "3 2");
      story.restart().add(3, 2, 1).gives("3 3", "2 2", "1 1");
      story.add(4, 4, 4, 4).gives("4 4");
    }
  }

  @Test
  void countsGoOnInCompleteModeAndKeepTheirOrder() {
    try (Story story = story("complete", EventTimeRecoveryStoriesTest::perValue)) {
      story.add(3).gives("3 1");
      story.add(2).gives("3 1", "2 1");
      story.restart().add(3, 2, 1).gives("3 2", "2 2", "1 1");
      story.restart().add(4, 4, 4, 4).gives("3 2", "2 2", "1 1", "4 4");
    }
  }

  @Test
  void sortedResultsGoOn() {
    try (Story story =
        story("complete", input -> perValue(input).orderBy(col("n").desc(), col("v").asc()))) {
      story.add(3).gives("3 1");
      story.add(2, 3).gives("3 2", "2 1");
      story.restart().add(3, 2, 1).gives("3 3", "2 2", "1 1");
      story.add(4, 4, 4, 4).gives("4 4", "3 3", "2 2", "1 1");
    }
  }

  @Test
  void theOrderOfWhatClosesIsTheSameAfterARestart() {
    for (boolean restart : new boolean[] {false, true}) {
      try (Story story =
          Story.of(
                  "append",
                  input ->
                      input
                          .withWatermark("ts", "0 seconds")
                          .groupBy(window(col("ts"), "5 seconds"), col("k"))
                          .agg(count("*").as("n"))
                          .selectExpr("CAST(window.start AS BIGINT)", "k", "n"))
              .checkpoint(directory.resolve(Boolean.toString(restart)))) {
        story.add(row("c", 10), row("a", 10), row("z", 5)).gives("5 z 1");
        if (restart) {
          story.restart();
        }
        story.add(row("b", 11), row("a", 14), row("c", 20));
        story.gives("10 c 1", "10 a 2", "10 b 1");
      }
    }
  }

  @Test
  void resultsPrunedByTheTimeOfDayAreThoseOfTheFirstAttempt() {
    ManualClock clock = new ManualClock(0);
    try (Story story =
        story(
                "complete",
                input -> perValue(input).filter("v >= CAST(current_timestamp() AS BIGINT) - 10"))
            .clock(clock)) {
      clock.advance(Duration.ofSeconds(10));
      story.add(0, 5, 5, 10).gives("0 1", "5 2", "10 1");
      clock.advance(Duration.ofSeconds(10));
      story.add(15, 15, 20).gives("10 1", "15 2", "20 1");
      clock.advance(Duration.ofSeconds(10));
      story.failsAt("85 1").add(0, 85).fails("the application fails at 85 1");
      // a minute later the batch runs again, at the time at which its rows arrived
      clock.advance(Duration.ofSeconds(60));
      story.restart().gives("20 1", "85 1");
      clock.advance(Duration.ofSeconds(10));
      story.add(85, 90, 100, 105).gives("90 1", "100 1", "105 1");
    }
  }

  @ParameterizedTest
  @CsvSource({"chronicle, none", "chronicle, zstd", "file, lz4"})
  void everyBatchMayEndWithASnapshot(String journal, String compression) {
    try (Story story =
        story("append", EventTimeQueries::countsOf5Seconds)
            .setting("millrace.journal", journal)
            .setting("millrace.snapshot.deltas", 1)
            .setting("millrace.snapshot.minBytes", 1)
            .setting("millrace.snapshot.compression", compression)) {
      story.add(10, 11).gives();
      story.restart().add(12, 16).gives();
      story.restart().add(25).gives("10 3");
      story.restart().add(40).gives("15 1", "25 1").state(1L);
    }
  }

  @Test
  void textAndListsComeBack() {
    try (Story story =
        story("update", input -> input.groupBy("k").agg(collectList(col("v")).as("all")))) {
      story.add(rows("long key with more than a few bytes", 1, 2)).process();
      story.restart().add(rows("long key with more than a few bytes", 3));
      story.gives("long key with more than a few bytes [1, 2, 3]");
    }
  }

  @Test
  void lateRowsOfAnEpochThatRunsAgainAreLateAgain() {
    try (Story story = story("update", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 25).gives("10 1", "25 1");
      story.failsAt("25 2").add(10, 25).fails("25 2");
      story.restart().gives("25 2").late(1L);
    }
  }

  @Test
  void eventTimeGoesOnWhenAnInputIsIdleWhileTheQueryIsDown() {
    ManualClock clock = new ManualClock(0);
    WatermarkOptions options = WatermarkOptions.of().idleTimeout("30 seconds");
    try (Story story =
        story("append", input -> counts(input.withWatermark("ts", "10 seconds", options)))
            .clock(clock)) {
      story.add(10).gives().watermark(0);
      clock.advance(Duration.ofSeconds(45));
      story.restart().gives("10 1").watermark(15);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theNumberOfThreadsMayChange(int parallelism) {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds).parallel(2)) {
      story.add(10, 11, 16).add(33).gives("10 2", "15 1").watermark(23);
      story.parallel(parallelism).restart();
      story.add(31, 17, 34).gives().late(1L).watermark(24);
      story.parallel(1).restart();
      story.add(46).gives("30 3").state(1L);
    }
  }

  @Test
  void anotherWindowIsAnotherQuery() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 25).gives("10 1");
    }
    try (Story other =
        story(
            "append",
            input ->
                input
                    .withWatermark("ts", "10 seconds")
                    .groupBy(window(col("ts"), "6 seconds"))
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(window.start AS BIGINT)", "n"))) {
      other.refused("was written by another query");
    }
  }

  @Test
  void anotherDelayIsAnotherQuery() {
    try (Story story = story("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 25).gives("10 1");
    }
    try (Story other = story("append", input -> counts(input.withWatermark("ts", "11 seconds")))) {
      other.refused("Watermark ts delayed 10 seconds");
    }
  }

  @Test
  void withoutACheckpointARestartBeginsAnew() {
    try (Story story = Story.of("update", EventTimeRecoveryStoriesTest::perValue)) {
      story.add(3).gives("3 1");
      story.restart().gives("3 1");
    }
  }
}
