package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.EventTimeQueries.countsOf5Seconds;
import static io.millrace.Functions.col;
import static io.millrace.Story.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the watermark of one input moves and what of it is reported; most cases and their values are
 * those that Apache Spark's suite of watermarks describes.
 */
@ExtendWith(EngineThreads.class)
class WatermarkStoriesTest {
  @Test
  void withoutAWatermarkNoEventTimesAreReported() {
    try (Story story = Story.of("complete", EventTimeQueries::counts)) {
      story.add(15).gives("15 1");
      assertThat(story.progress().eventTime()).isEmpty();
      story.add(10, 12, 14).gives("15 1", "10 3");
      assertThat(story.progress().eventTime()).isEmpty();
    }
  }

  @Test
  void eventTimesAreThoseOfTheBatchAndTheWatermarkIsTheOneItLeft() {
    try (Story story = Story.of("append", EventTimeQueries::countsOf5Seconds)) {
      // Spark reports the watermark that a batch began with: 0, 5 and 5 here
      story.add(15).gives();
      story.eventTime("min", 15).eventTime("max", 15).eventTime("avg", 15).watermark(5);
      story.add(10, 12, 14).gives();
      story.eventTime("min", 10).eventTime("max", 14).eventTime("avg", 12).watermark(5);
      story.add(25).gives("10 3");
      story.eventTime("min", 25).eventTime("max", 25).eventTime("avg", 25).watermark(15);
    }
  }

  @Test
  void theWatermarkNeverGoesBack() {
    try (Story story = Story.of("update", EventTimeQueries::countsOf5Seconds)) {
      story.add(100).gives("100 1").watermark(90);
      story.add(95, 91).gives("95 1", "90 1").eventTime("max", 95).watermark(90);
      story.add(101).gives("100 2").watermark(91);
    }
  }

  @Test
  void theAverageOfTimesFarFromTheEpochIsExactToTheMillisecond() {
    long lastSecondOf9999 = 253_402_300_799L;
    try (Story story = Story.of("update", EventTimeQueries::countsOf5Seconds)) {
      long[] many = new long[1_000];
      Arrays.fill(many, lastSecondOf9999);
      story.add(many).gives("253402300795 1000");
      story.eventTime("avg", lastSecondOf9999).watermark(lastSecondOf9999 - 10);
    }
  }

  @Test
  void anEmptyBatchMovesNothing() {
    try (Story story = Story.of("append", EventTimeQueries::countsOf5Seconds)) {
      story.add(10, 25).gives("10 1").watermark(15);
      story.add(new Row[0]).gives().watermark(15).state(1L);
      assertThat(story.progress().eventTime()).containsOnlyKeys("watermark");
    }
  }

  @Test
  void rowsWithoutATimeAreCountedAndFallIntoNoWindow() {
    try (Story story = Story.of("append", EventTimeQueries::countsOf5Seconds)) {
      Row timeless = Row.of("a", 1L, null);
      story.add(timeless, timeless).gives().setAside(2, 0).state(0L);
      story.add(row("a", 10), timeless, row("a", 25)).gives("10 1").setAside(1, 0).watermark(15);
      story.eventTime("min", 10);
    }
  }

  @Test
  void rowsWithoutATimeAreNeverLateAndNeverCloseAsAKey() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy("ts")
                    .agg(Functions.count("*").as("n")))) {
      Row timeless = Row.of("a", 1L, null);
      story.add(row("a", 1), timeless).gives("1970-01-01T00:00:01Z 1").state(1L);
      story.add(timeless, row("a", 50)).gives("1970-01-01T00:00:50Z 1").late(0L).state(1L);
    }
  }

  @Test
  void rowsTooFarAheadOfTheClockMakeNobodyLate() {
    ManualClock clock = new ManualClock(1_000_000_000);
    WatermarkOptions options = WatermarkOptions.of().maxFutureSkew("1 minute");
    try (Story story =
        Story.of("append", input -> counts(input.withWatermark("ts", "10 seconds", options)))
            .clock(clock)) {
      story.add(1_000, 1_060, 1_061, 90_000).gives("1000 1").setAside(0, 2).watermark(1_050);
      story.add(1_051).gives().late(0L).setAside(0, 0);
      clock.advance(Duration.ofSeconds(1));
      story.add(1_061).gives().setAside(0, 0).watermark(1_051);
    }
  }

  @Test
  void aSilentInputClosesItsWindowsAfterTheIdleTimeout() {
    ManualClock clock = new ManualClock(0);
    WatermarkOptions options = WatermarkOptions.of().idleTimeout(Duration.ofSeconds(30));
    try (Story story =
        Story.of("append", input -> counts(input.withWatermark("ts", "10 seconds", options)))
            .clock(clock)) {
      story.add(10, 11).gives().watermark(1);
      clock.advance(Duration.ofSeconds(30));
      story.gives(); // idle from now on, and at 1 + 0
      clock.advance(Duration.ofSeconds(13));
      story.gives();
      clock.advance(Duration.ofSeconds(1));
      story.gives("10 2").watermark(15).state(0L);
      story.add(14).gives().late(1L);
      story.add(16).gives().late(0L).watermark(15);
    }
  }

  @Test
  void withoutAnIdleTimeoutTheLastWindowsWaitForEver() {
    ManualClock clock = new ManualClock(0);
    try (Story story = Story.of("append", EventTimeQueries::countsOf5Seconds).clock(clock)) {
      story.add(10).gives();
      clock.advance(Duration.ofDays(1_000));
      story.gives().watermark(0).state(1L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"once", "availableNow"})
  void aRunToTheEndOfTheInputEmitsWhatItCloses(String trigger, @TempDir Path directory) {
    try (Story story =
        Story.of("append", EventTimeQueries::countsOf5Seconds)
            .checkpoint(directory)
            .trigger(trigger.equals("once") ? Trigger.once() : Trigger.availableNow())) {
      story.add(15).gives().watermark(5);
      story.add(10, 12, 14).restart().gives().watermark(5);
      // in Spark the window comes with the next run, since once runs no batch without rows
      story.add(25).restart().gives("10 3").watermark(15);
      story.add(50).restart().gives("15 1", "25 1").watermark(40);
      story.add(50).restart().gives().watermark(40).state(1L);
    }
  }

  @Test
  void onceTakesAllThatIsThereAsOneBatch() {
    try (Story story =
        Story.of("append", EventTimeQueries::countsOf5Seconds).trigger(Trigger.once())) {
      // the second batch would have been late by the watermark that the first one leaves
      story.add(25).add(10).gives("10 1").late(0L).watermark(15);
    }
  }

  @Test
  void theDelayHasMicroseconds() {
    try (Story story =
        Story.of("append", input -> counts(input.withWatermark("ts", Duration.ofNanos(1_000))))) {
      Instant end = Instant.ofEpochSecond(15);
      story.add(row("a", 10), Row.of("a", 1L, end)).gives();
      story.add(Row.of("a", 1L, end.plusNanos(1_000))).gives("10 1").watermark(15);
    }
  }

  @Test
  void theEventTimeMayBeComputed() {
    try (Story story =
        Story.of(
            "append",
            input ->
                countsOf5Seconds(input.drop("ts").withColumn("ts", col("v").cast("timestamp"))))) {
      story.add(10, 11).gives();
      story.add(25).gives("10 2").watermark(15);
    }
  }

  @Test
  void theEventTimeMayBeRenamedBehindTheWatermark() {
    try (Story story =
        Story.of(
            "append",
            input ->
                counts(
                    input
                        .withWatermark("ts", "10 seconds")
                        .withColumnRenamed("ts", "seen")
                        .select(col("seen").as("ts"))))) {
      story.add(10, 25).gives("10 1").state(1L);
    }
  }

  @Test
  void aWatermarkOnAStaticFrameSaysNothing() {
    try (Session session = TestSession.open()) {
      DataFrame frame =
          session.createDataFrame(List.of(row("a", 10), row("a", 100), row("a", 1)), Story.SCHEMA);
      assertThat(countsOf5Seconds(frame).collect())
          .containsExactlyInAnyOrder(Row.of(10L, 1L), Row.of(100L, 1L), Row.of(0L, 1L));
    }
  }

  /** Spark takes a month for 31 days. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          -10 seconds        --> the delay is -10 seconds, it must not be negative
          1 day -40 hours    --> the delay is 1 day -40 hours, it must not be negative
          2 years 5 months   --> has months or years, which differ in length
          soon               --> "soon" is no duration
          200000000000 days  --> too long
          """,
      quoteCharacter = '¤')
  void delaysThatMakeNoSenseAreRefused(String delay, String message) {
    refused("ts", delay, message);
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere, column nowhere does not exist",
    "v, 'column v is BIGINT, event time must be TIMESTAMP'"
  })
  void columnsThatAreNoEventTimeAreRefused(String column, String message) {
    refused(column, "1 minute", message);
  }

  private static void refused(String column, String delay, String message) {
    try (Session session = TestSession.open()) {
      DataFrame frame = session.memoryStream(Story.SCHEMA).toDF();
      assertThatThrownBy(() -> frame.withWatermark(column, delay).schema())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(message);
    }
  }
}
