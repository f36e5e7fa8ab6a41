package io.millrace;

import static io.millrace.EventTimeQueries.sessions;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.max;
import static io.millrace.Functions.min;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.when;
import static io.millrace.Functions.window;
import static io.millrace.Story.row;
import static io.millrace.Story.rows;

import io.millrace.types.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions over streams; the cases and their values are those that Apache Spark's suites of session
 * windows and watermarks describe. A session in the results: key, start, end, rows, sum of their
 * seconds.
 */
@ExtendWith(EngineThreads.class)
class SessionWindowStoriesTest {
  private static final Column TEN_SECONDS = lit("10 seconds");
  private static final Column FIVE_SECONDS = lit("5 seconds");

  /** Gaps that differ by word; rows with a gap that is not positive belong to no session. */
  private static final Column BY_WORD =
      when(col("k").equalTo("hello"), "1 second")
          .when(col("k").equalTo("structured"), "0 seconds")
          .when(col("k").equalTo("world"), "-10 seconds")
          .otherwise("10 seconds");

  @TempDir Path directory;

  private static Story words(String mode, Column gap) {
    return Story.of(mode, input -> sessions(input, "30 seconds", gap));
  }

  /** One row per word. */
  private static Row[] said(String words, long second) {
    return Arrays.stream(words.split(" ")).map(word -> row(word, second)).toArray(Row[]::new);
  }

  private static Row[] both(Row[] first, Row[] second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(Row[]::new);
  }

  private static Row[] firstWords() {
    return both(
        said("hello world spark streaming", 40), said("world hello structured streaming", 41));
  }

  /** By decades of seconds, so that the key changes where the time does. */
  private static DataFrame perDecade(DataFrame input) {
    return sessions(
        input.drop("k").selectExpr("CAST(v DIV 10 AS STRING) AS k", "v", "ts"),
        "10 seconds",
        FIVE_SECONDS);
  }

  private static DataFrame ofAll(DataFrame input) {
    return input
        .withWatermark("ts", "10 seconds")
        .groupBy(sessionWindow(col("ts"), "5 seconds"))
        .agg(count("*").as("n"), sum("v").as("total"))
        .selectExpr(
            "CAST(session_window.start AS BIGINT)",
            "CAST(session_window.end AS BIGINT)",
            "n",
            "total");
  }

  @Test
  void completeModeGivesAllSessionsAsTheyGrowTogether() {
    try (Story story = words("complete", TEN_SECONDS)) {
      story.add(firstWords());
      story.givesInAnyOrder(
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "streaming 40 51 2 81",
          "spark 40 50 1 40",
          "structured 41 51 1 41");
      story.add(said("spark streaming", 25)); // before the sessions that are there
      story.givesInAnyOrder(
          "spark 25 35 1 25",
          "streaming 25 35 1 25",
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "streaming 40 51 2 81",
          "spark 40 50 1 40",
          "structured 41 51 1 41");
      story.add(said("spark streaming", 30)); // between two sessions, which become one
      story.givesInAnyOrder(
          "spark 25 50 3 95",
          "streaming 25 51 4 136",
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "structured 41 51 1 41");
      story.add(said("hello apache spark", 60)).process();
      story.add(said("structured streaming", 90));
      story.givesInAnyOrder(
          "spark 25 50 3 95",
          "streaming 25 51 4 136",
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "structured 41 51 1 41",
          "hello 60 70 1 60",
          "apache 60 70 1 60",
          "spark 60 70 1 60",
          "structured 90 100 1 90",
          "streaming 90 100 1 90");
    }
  }

  @Test
  void appendModeGivesSessionsThatNothingCanJoinAnyMore() {
    try (Story story = words("append", TEN_SECONDS)) {
      story.add(firstWords()).gives().watermark(11).state(5L);
      story.add(said("spark streaming", 25)).gives().watermark(11).state(7L);
      story.add(said("spark streaming", 0)).gives().late(2L).state(7L); // over at 10
      story.add(said("spark streaming", 30)).gives().state(5L);
      story.add(said("hello apache spark", 60)).gives().watermark(30).state(8L);
      story.add(said("structured streaming", 90));
      story.gives(
          "spark 25 50 3 95",
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "streaming 25 51 4 136",
          "structured 41 51 1 41");
      story.watermark(60).state(5L);
    }
  }

  @Test
  void theGapMayDependOnTheRow() {
    try (Story story = words("append", BY_WORD)) {
      story.add(firstWords()).gives().watermark(11).state(3L);
      story.add(said("spark streaming", 25)).gives().state(5L);
      story.add(said("spark streaming", 0)).gives().late(2L);
      story.add(said("spark streaming", 30)).gives().state(3L);
      story.add(said("hello apache spark", 60)).gives().watermark(30);
      story.add(said("structured streaming", 90));
      story.gives("hello 40 42 2 81", "spark 25 50 3 95", "streaming 25 51 4 136");
    }
  }

  @Test
  void gapsFromAColumn() {
    try (Story story =
        Story.of(
            "append",
            input -> sessions(input, "0 seconds", Functions.expr("concat(k, ' seconds')")))) {
      story.add(row("3", 10), row("20", 10), row("3", 12), row("0", 11), row("-5", 11)).gives();
      story.add(row("1", 15)).gives("3 10 15 2 22").state(2L);
      story.add(row("1", 40)).gives("1 15 16 1 15", "20 10 30 1 10").state(1L);
    }
  }

  @Test
  void sessionsOfSeveralKeysCloseOnTheirOwn() {
    try (Story story = Story.of("append", SessionWindowStoriesTest::perDecade)) {
      story.add(10, 11).gives();
      story.add(17).gives().watermark(7);
      story.add(25).gives().watermark(15);
      story.add(35).gives("1 10 16 2 21", "1 17 22 1 17").watermark(25);
      story.add(10).gives().late(1L);
      story.add(40).gives("2 25 30 1 25").watermark(30).state(2L);
    }
  }

  @Test
  void sessionsWithoutAnotherKey() {
    // Spark has refused them on streams since their first release
    try (Story story = Story.of("append", SessionWindowStoriesTest::ofAll)) {
      story.add(10, 11).gives();
      story.add(17).gives();
      story.add(25).gives();
      story.add(35).gives("10 16 2 21", "17 22 1 17");
      story.add(10).gives().late(1L);
      story.add(40).gives("25 30 1 25").state(1L); // 40 joins [35, 40), since they touch
      story.add(56).gives("35 45 2 75");
    }
  }

  @Test
  void aRowThatTouchesTheEndOfASessionJoinsIt() {
    try (Story story = Story.of("append", SessionWindowStoriesTest::ofAll)) {
      story.add(10).add(15).gives().state(1L);
      story.add(Row.of("a", 1L, Instant.ofEpochSecond(20).plusNanos(1_000))).gives().state(2L);
      story.add(60).gives("10 20 2 25", "20 25 1 1");
    }
  }

  @Test
  void aRowJoinsManySessionsAtOnce() {
    try (Story story = Story.of("append", input -> sessions(input, "100 seconds", FIVE_SECONDS))) {
      story.add(10, 16, 22, 28).gives().state(4L);
      story.add(13, 25, 19).gives().state(1L);
      story.add(200).gives("a 10 33 7 133").state(1L);
    }
  }

  @Test
  void aRowIsLateWhenItsOwnSessionIsOverEvenIfAnOpenOneIsNear() {
    try (Story story = Story.of("append", input -> sessions(input, "0 seconds", TEN_SECONDS))) {
      story.add(16, 25).gives().watermark(25);
      story.add(15).gives().late(1L).state(1L); // [15, 25) would touch [16, 35)
      story.add(Row.of("a", 0L, Instant.ofEpochSecond(15).plusNanos(1_000))).gives().late(0L);
      story.add(60).gives("a 15 35 3 41");
    }
  }

  @Test
  void aSessionStaysOpenWhileRowsKeepComing() {
    try (Story story = Story.of("append", input -> sessions(input, "0 seconds", FIVE_SECONDS))) {
      for (long second = 0; second < 100; second += 4) {
        story.add(second).gives().state(1L);
      }
      story.add(102).gives("a 0 101 25 1200");
    }
  }

  @Test
  void rowsWithoutATimeBelongToNoSession() {
    try (Story story = Story.of("append", SessionWindowStoriesTest::ofAll)) {
      story.add(row("a", 10), Row.of("a", 1L, null)).gives().setAside(1, 0).state(1L);
      story.add(40).gives("10 15 1 10");
    }
  }

  @Test
  void before1970() {
    try (Story story = Story.of("append", input -> sessions(input, "0 seconds", TEN_SECONDS))) {
      story.add(-25, -20, -5, 3).gives("a -25 -10 2 -45");
      story.add(100).gives("a -5 13 2 -2");
    }
  }

  @Test
  void theEarliestAndTheLatestTimestamps() {
    Row earliest = Row.of("a", 1L, us(Long.MIN_VALUE));
    Row latest = Row.of("a", 2L, us(Long.MAX_VALUE));
    try (Story story = Story.of("complete", input -> sessions(input, "0 seconds", TEN_SECONDS))) {
      story.add(earliest, latest, row("a", 10), latest);
      story.givesInAnyOrder(
          "a -9223372036855 -9223372036845 1 1",
          "a 9223372036854 9223372036854 2 4",
          "a 10 20 1 10");
    }
    try (Story story = Story.of("append", input -> sessions(input, "0 seconds", TEN_SECONDS))) {
      story.add(earliest, row("a", 10)).gives("a -9223372036855 -9223372036845 1 1");
      story.add(30).gives("a 10 20 1 10");
    }
  }

  private static Instant us(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }

  @Test
  void openSessionsComeBackAfterARestart() {
    try (Story story = words("append", TEN_SECONDS).checkpoint(directory)) {
      story.add(firstWords()).gives();
      story.restart().add(said("spark streaming", 25)).gives().state(7L);
      story.restart().add(said("spark streaming", 0)).gives().late(2L);
      story.restart().add(said("spark streaming", 30)).gives().state(5L);
      story.add(said("hello apache spark", 60)).gives();
      story.restart().add(said("structured streaming", 90));
      story.gives(
          "spark 25 50 3 95",
          "hello 40 51 2 81",
          "world 40 51 2 81",
          "streaming 25 51 4 136",
          "structured 41 51 1 41");
      story.state(5L);
    }
  }

  @Test
  void anEpochThatRunsAgainMergesOnce() {
    try (Story story =
        Story.of("complete", input -> sessions(input, "30 seconds", TEN_SECONDS))
            .checkpoint(directory)) {
      story.add(10).gives("a 10 20 1 10");
      story.failsAt("a 10 28 2 28").add(18).fails("the application fails");
      story.restart().gives("a 10 28 2 28").state(1L);
      story.restart().add(60).givesInAnyOrder("a 10 28 2 28", "a 60 70 1 60");
    }
  }

  @Test
  void everyAggregateIsMergedWhenSessionsAre() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "30 seconds")
                    .groupBy(sessionWindow(col("ts"), "10 seconds"), col("k"))
                    .agg(
                        min("v").as("least"),
                        max("v").as("most"),
                        Functions.avg("v").as("mean"),
                        Functions.stddev("v").as("spread"),
                        Functions.variance("v").as("variance"),
                        Functions.countDistinct("v").as("different"),
                        Functions.minBy("v", "ts").as("first"),
                        Functions.maxBy("v", "ts").as("last"))
                    .drop("session_window"))) {
      story.add(rows("a", 41)).add(rows("a", 42)).add(rows("a", 40)).gives();
      story.add(rows("b", 100)).gives("a 40 42 41.0 1.0 1.0 3 40 42");
    }
  }

  @Test
  void windowsOverSessions() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy(sessionWindow(col("ts"), "5 seconds"), col("k"))
                    .agg(count("*").as("n"))
                    .groupBy(window(col("session_window"), "20 seconds"))
                    .agg(count("*").as("sessions"), sum("n").as("rows"))
                    .selectExpr("CAST(window.start AS BIGINT)", "sessions", "rows"))) {
      story.add(row("a", 1), row("b", 2), row("a", 9), row("a", 11)).gives().state(1L, 1L);
      story.add(row("a", 30)).gives("0 3 4").state(1L, 0L);
    }
  }

  @Test
  void updateModeIsRefused() {
    try (Story story = words("update", TEN_SECONDS)) {
      story.refused("outputMode update: GROUP BY k, session_window has rows that go");
    }
  }

  @Test
  void appendModeWithoutAWatermarkIsRefused() {
    try (Story story =
        Story.of(
            "append",
            input -> input.groupBy(sessionWindow(col("ts"), "5 seconds")).agg(count("*")))) {
      story.refused("GROUP BY session_window has no watermark below it");
    }
  }

  @Test
  void continuousGivesTheSame() {
    ManualClock clock = new ManualClock(0);
    try (Story story =
        Story.of("append", SessionWindowStoriesTest::perDecade)
            .clock(clock)
            .trigger(Trigger.continuous("1 second"))) {
      story.add(10, 11).add(17).add(25).gives();
      story.add(35).gives("1 10 16 2 21", "1 17 22 1 17").watermark(25);
    }
  }

  @Test
  void aSilentInputEndsItsSessions() {
    ManualClock clock = new ManualClock(0);
    WatermarkOptions options = WatermarkOptions.of().idleTimeout("30 seconds");
    try (Story story =
        Story.of(
                "append",
                input ->
                    input
                        .withWatermark("ts", "0 seconds", options)
                        .groupBy(sessionWindow(col("ts"), "5 seconds"), col("k"))
                        .agg(count("*").as("n"))
                        .select("k", "n"))
            .clock(clock)) {
      story.add(10, 12).gives();
      clock.advance(Duration.ofSeconds(34));
      story.gives();
      clock.advance(Duration.ofSeconds(1));
      story.gives("a 2").state(0L);
    }
  }
}
