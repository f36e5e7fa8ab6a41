package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.EventTimeQueries.countsOf5Seconds;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static io.millrace.Story.row;
import static io.millrace.Story.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What comes out in append, update and complete mode; the cases and their values are those that
 * Apache Spark's suites of streaming aggregations and watermarks describe.
 */
@ExtendWith(EngineThreads.class)
class OutputModeStoriesTest {
  private static DataFrame perValue(DataFrame input) {
    return input.groupBy("v").agg(count("*").as("n"));
  }

  @Test
  void appendGivesAWindowWhenTheWatermarkHasReachedItsEnd() {
    try (Story story = Story.of("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12, 13, 14, 15).gives().state(2L);
      story.add(25).gives("10 5").watermark(15).state(2L);
      story.add(10).gives().late(1L).state(2L);
    }
  }

  @Test
  void updateGivesTheWindowsThatRowsFellIntoAndEvictsTheOthers() {
    try (Story story = Story.of("update", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12, 13, 14, 15).gives("10 5", "15 1").state(2L);
      story.add(25).gives("25 1").state(2L);
      story.add(10, 25).gives("25 2").late(1L).state(2L);
      story.add(10).gives().late(1L).state(2L);
    }
  }

  @Test
  void completeGivesAllWindowsAndNeverEvicts() {
    try (Story story = Story.of("complete", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 11, 12).gives("10 3");
      story.add(25).gives("10 3", "25 1").watermark(15);
      story.add(25).gives("10 3", "25 2");
      story.add(10).gives("10 4", "25 2").late(0L);
      story.add(25).gives("10 4", "25 3").state(2L);
    }
  }

  @Test
  void completeKeepsWindowsWithoutAWatermarkToo() {
    try (Story story = Story.of("complete", EventTimeQueries::counts)) {
      story.add(15).gives("15 1");
      story.add(10, 12, 14).gives("15 1", "10 3");
    }
  }

  @Test
  void updateWithoutAWatermarkKeepsEveryWindowForEver() {
    try (Story story = Story.of("update", EventTimeQueries::counts)) {
      story.add(10).gives("10 1");
      story.add(100_000).gives("100000 1").state(2L);
      story.add(10).gives("10 2").late(0L).state(2L);
    }
  }

  @Test
  void countsByKeyInUpdateModeGiveWhatChanged() {
    try (Story story = Story.of("update", OutputModeStoriesTest::perValue)) {
      story.add(3).gives("3 1");
      story.add(2, 3).gives("2 1", "3 2");
      story.add(3, 2, 1).gives("3 3", "2 2", "1 1");
      // by the row that first touched the group in the batch; Spark promises no order
      story.add(4, 4, 4, 4).gives("4 4").state(4L);
    }
  }

  @Test
  void countsByKeyInCompleteModeGiveAll() {
    try (Story story = Story.of("complete", OutputModeStoriesTest::perValue)) {
      story.add(3).gives("3 1");
      story.add(2).gives("3 1", "2 1");
      story.add(3, 2, 1).gives("3 2", "2 2", "1 1");
      story.add(4, 4, 4, 4).gives("3 2", "2 2", "1 1", "4 4");
    }
  }

  @Test
  void completeModeSorts() {
    try (Story story =
        Story.of("complete", input -> perValue(input).orderBy(col("n").desc(), col("v").asc()))) {
      story.add(3).gives("3 1");
      story.add(2, 3).gives("3 2", "2 1");
      story.add(3, 2, 1).gives("3 3", "2 2", "1 1");
      story.add(4, 4, 4, 4).gives("4 4", "3 3", "2 2", "1 1");
    }
  }

  @Test
  void completeModeLimitsWhatWasSorted() {
    try (Story story =
        Story.of(
            "complete",
            input -> perValue(input).orderBy(col("n").desc(), col("v").asc()).limit(2))) {
      story.add(1, 2, 3, 3).gives("3 2", "1 1").state(3L);
      story.add(2, 2).gives("2 3", "3 2").state(3L);
    }
  }

  @Test
  void theLimitInCompleteModeBeginsAnewInEveryBatch() {
    try (Story story = Story.of("complete", input -> perValue(input).limit(2))) {
      story.add(1, 2, 3).gives("1 1", "2 1");
      story.add(4).gives("1 1", "2 1");
    }
  }

  @Test
  void severalKeys() {
    try (Story story =
        Story.of(
            "update",
            input -> input.groupBy(col("v"), col("v").plus(1).as("w")).agg(count("*").as("n")))) {
      story.add(1, 2).gives("1 2 1", "2 3 1");
      story.add(1, 2).gives("1 2 2", "2 3 2");
    }
  }

  @Test
  void theRawTimestampAsKeyEndsWhenTheWatermarkReachesIt() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "10 seconds")
                    .groupBy("ts")
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(ts AS BIGINT)", "n"))) {
      story.add(10).gives();
      story.add(25).gives("10 1").state(1L);
      story.add(15, 16).gives().late(1L).state(2L); // 15 is not after the watermark
    }
  }

  @Test
  void theTimestampBesideAnotherKey() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "2 seconds")
                    .groupBy("k", "ts")
                    .agg(count("v").as("n"))
                    .selectExpr("k", "CAST(ts AS BIGINT)", "n"))) {
      story.add(row("b", 10), row("a", 10), row("b", 10), row("a", 11)).gives();
      story.add(13).gives("b 10 2", "a 10 1", "a 11 1").state(1L);
    }
  }

  @Test
  void anAggregateOverAllRowsIsOneRowFromTheFirstBatchOn() {
    try (Story story =
        Story.of("complete", input -> input.agg(count("*").as("n"), sum("v").as("total")))) {
      story.add(1).gives("1 1");
      story.add(new Row[0]).gives("1 1");
      story.add(2, 3).gives("3 6").state(1L);
    }
  }

  @Test
  void anAggregateOverAllRowsInUpdateMode() {
    try (Story story = Story.of("update", input -> input.agg(count("*").as("n")))) {
      story.add(1, 2).gives("2");
      story.add(3).gives("3");
    }
  }

  @Test
  void havingHidesGroupsAndDoesNotForgetThem() {
    try (Story story = Story.of("update", input -> perValue(input).filter(col("n").gt(1)))) {
      story.add(1, 2, 2).gives("2 2").state(2L);
      story.add(1).gives("1 2").state(2L);
    }
  }

  @Test
  void stateIsCountedByGroupInEveryMode() {
    for (String mode : List.of("update", "complete")) {
      try (Story story = Story.of(mode, OutputModeStoriesTest::perValue)) {
        story.add(1, 2).process();
        story.state(2L);
        updated(story, 2);
        story.add(2, 3, 3, 4).process();
        story.state(4L);
        updated(story, 3);
      }
    }
  }

  @Test
  void nullsAndNanAreKeysAndZerosAreOne() {
    try (Story story =
        Story.of(
            "update",
            input ->
                input
                    .selectExpr(
                        "k",
                        "CAST(CASE v WHEN 1 THEN '0' WHEN 2 THEN '-0' WHEN 3 THEN 'NaN' END AS"
                            + " DOUBLE) AS d")
                    .groupBy("k", "d")
                    .agg(count("*").as("n")))) {
      story.add(row(null, 1), row(null, 2), row("a", 3), row("a", 4));
      story.gives("null 0.0 2", "a NaN 1", "a null 1");
      story.add(row("a", 4), row("a", 3), row(null, 2));
      story.gives("a null 2", "a NaN 2", "null 0.0 3").state(3L);
    }
  }

  @Test
  void whatIsEvictedIsCounted() {
    for (String mode : List.of("append", "update")) {
      try (Story story = Story.of(mode, EventTimeQueries::countsOf5Seconds)) {
        story.add(10, 15, 20, 25).process();
        removed(story, 1);
        story.add(new Row[0]).process();
        removed(story, 0);
        story.add(100).process();
        removed(story, 3);
        story.state(1L);
      }
    }
  }

  private static void removed(Story story, long groups) {
    assertThat(story.progress().stateOperators().getFirst().numRowsRemoved()).isEqualTo(groups);
  }

  private static void updated(Story story, long groups) {
    assertThat(story.progress().stateOperators().getFirst().numRowsUpdated()).isEqualTo(groups);
  }

  @Test
  void closedWindowsComeByEndAndThenByTheirFirstRow() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy(window(col("ts"), "5 seconds"), col("k"))
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(window.end AS BIGINT)", "k", "n"))) {
      story.add(rows("b", 7)).gives();
      story.add(row("c", 8), row("a", 9), row("z", 5), row("b", 12));
      story.add(rows("q", 40)).gives("10 b 1", "10 c 1", "10 a 1", "10 z 1", "15 b 1");
    }
  }

  @Test
  void aWatermarkOnAColumnThatNoGroupUsesClosesNothing() {
    try (Story story =
        Story.of("update", input -> perValue(input.withWatermark("ts", "0 seconds")))) {
      story.add(1).gives("1 1");
      story.add(100).gives("100 1").watermark(100);
      story.add(1).gives("1 2").late(0L).state(2L);
    }
  }

  @Test
  void theWindowOfAFilteredStreamStillFollowsAllRowsAboveTheFilter() {
    try (Story story =
        Story.of(
            "append",
            input ->
                counts(input.withWatermark("ts", "10 seconds").filter(col("k").equalTo("a"))))) {
      story.add(rows("a", 10)).gives();
      // the row that moves the watermark is itself filtered out behind it
      story.add(rows("b", 25)).gives("10 1").watermark(15).state(0L);
    }
  }

  @Test
  void countsOf5SecondsAreTheSameFromSql() {
    try (Story story =
        Story.of(
            "append",
            input -> {
              input.withWatermark("ts", "10 seconds").createOrReplaceTempView("events");
              return countsOf5Seconds(input);
            })) {
      story.start();
      StreamingQuery sql =
          story
              .session()
              .sql(
                  "SELECT CAST(window.start AS BIGINT), count(*) FROM events"
                      + " GROUP BY window(ts, '5 seconds')")
              .writeStream()
              .toTable("counts");
      story.add(10, 11, 12, 13, 14, 15).add(25).gives("10 5");
      sql.processAllAvailable();
      assertThat(story.session().table("counts").collect()).containsExactly(Row.of(10L, 5L));
      sql.stop();
    }
  }
}
