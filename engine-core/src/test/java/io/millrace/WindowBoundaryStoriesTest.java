package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Into which windows a moment falls; the first cases and their values are those that Apache Spark's
 * suite of time windows describes. Each is asked of a stream and of the same rows in a static
 * frame.
 */
@ExtendWith(EngineThreads.class)
class WindowBoundaryStoriesTest {
  /** Three moments of one minute. */
  private static final String[] MOMENTS = {
    "2016-03-27T19:39:34Z", "2016-03-27T19:39:56Z", "2016-03-27T19:39:27Z"
  };

  private static Row at(String time) {
    return Row.of("a", 1L, time == null ? null : Instant.parse(time));
  }

  private static DataFrame counted(DataFrame input, Column window) {
    return input
        .groupBy(window)
        .agg(count("*").as("n"))
        .select(col("window.start"), col("window.end"), col("n"));
  }

  /** Compares the windows, ordered by start, and how many rows fell into each. */
  private static void windows(Column window, String[] times, String... expected) {
    Row[] rows = Arrays.stream(times).map(WindowBoundaryStoriesTest::at).toArray(Row[]::new);
    try (Story story = Story.of("update", input -> counted(input, window))) {
      story.add(rows).givesInAnyOrder(expected);
      DataFrame frame = story.session().createDataFrame(List.of(rows), Story.SCHEMA);
      assertThat(counted(frame, window).collect().stream().sorted(byStart()).map(Row::values))
          .map(values -> values.get(0) + " " + values.get(1) + " " + values.get(2))
          .containsExactly(expected);
    }
  }

  private static Comparator<Row> byStart() {
    return Comparator.comparing(row -> (Instant) row.get(0));
  }

  @Test
  void aRowAtTheStartOfAWindowIsInIt() {
    windows(
        window(col("ts"), "10 seconds"),
        new String[] {"2016-03-27T19:39:30Z"},
        "2016-03-27T19:39:30Z 2016-03-27T19:39:40Z 1");
  }

  @Test
  void aRowAtTheEndOfAWindowIsInTheNext() {
    windows(
        window(col("ts"), "10 seconds"),
        new String[] {"2016-03-27T19:39:39.999999Z", "2016-03-27T19:39:40Z"},
        "2016-03-27T19:39:30Z 2016-03-27T19:39:40Z 1",
        "2016-03-27T19:39:40Z 2016-03-27T19:39:50Z 1");
  }

  @Test
  void tumblingWindows() {
    windows(
        window(col("ts"), "10 seconds"),
        MOMENTS,
        "2016-03-27T19:39:20Z 2016-03-27T19:39:30Z 1",
        "2016-03-27T19:39:30Z 2016-03-27T19:39:40Z 1",
        "2016-03-27T19:39:50Z 2016-03-27T19:40:00Z 1");
  }

  @Test
  void tumblingWindowsWithAStart() {
    windows(
        window(col("ts"), "10 seconds", "10 seconds", "5 seconds"),
        MOMENTS,
        "2016-03-27T19:39:25Z 2016-03-27T19:39:35Z 2",
        "2016-03-27T19:39:55Z 2016-03-27T19:40:05Z 1");
  }

  @Test
  void aNegativeStartIsThatFarBeforeTheWindow() {
    windows(
        window(col("ts"), "10 seconds", "10 seconds", "-5 seconds"),
        new String[] {"2016-03-27T19:39:30Z", "2016-03-27T19:39:25Z"},
        "2016-03-27T19:39:25Z 2016-03-27T19:39:35Z 2");
  }

  @Test
  void slidingWindowsWhoseSlideDoesNotDivideTheSize() {
    windows(
        window(col("ts"), "10 seconds", "3 seconds", "0 seconds"),
        MOMENTS,
        "2016-03-27T19:39:18Z 2016-03-27T19:39:28Z 1",
        "2016-03-27T19:39:21Z 2016-03-27T19:39:31Z 1",
        "2016-03-27T19:39:24Z 2016-03-27T19:39:34Z 1",
        "2016-03-27T19:39:27Z 2016-03-27T19:39:37Z 2",
        "2016-03-27T19:39:30Z 2016-03-27T19:39:40Z 1",
        "2016-03-27T19:39:33Z 2016-03-27T19:39:43Z 1",
        "2016-03-27T19:39:48Z 2016-03-27T19:39:58Z 1",
        "2016-03-27T19:39:51Z 2016-03-27T19:40:01Z 1",
        "2016-03-27T19:39:54Z 2016-03-27T19:40:04Z 1");
  }

  @Test
  void slidingWindowsOfMilliseconds() {
    windows(
        window(col("ts"), "200 milliseconds", "40 milliseconds", "0 milliseconds"),
        new String[] {
          "2016-03-27T09:00:00.410Z", "2016-03-27T09:00:00.620Z", "2016-03-27T09:00:00.715Z"
        },
        "2016-03-27T09:00:00.240Z 2016-03-27T09:00:00.440Z 1",
        "2016-03-27T09:00:00.280Z 2016-03-27T09:00:00.480Z 1",
        "2016-03-27T09:00:00.320Z 2016-03-27T09:00:00.520Z 1",
        "2016-03-27T09:00:00.360Z 2016-03-27T09:00:00.560Z 1",
        "2016-03-27T09:00:00.400Z 2016-03-27T09:00:00.600Z 1",
        "2016-03-27T09:00:00.440Z 2016-03-27T09:00:00.640Z 1",
        "2016-03-27T09:00:00.480Z 2016-03-27T09:00:00.680Z 1",
        "2016-03-27T09:00:00.520Z 2016-03-27T09:00:00.720Z 2",
        "2016-03-27T09:00:00.560Z 2016-03-27T09:00:00.760Z 2",
        "2016-03-27T09:00:00.600Z 2016-03-27T09:00:00.800Z 2",
        "2016-03-27T09:00:00.640Z 2016-03-27T09:00:00.840Z 1",
        "2016-03-27T09:00:00.680Z 2016-03-27T09:00:00.880Z 1");
  }

  @Test
  void rowsWithoutATimeAreInNoWindow() {
    windows(
        window(col("ts"), "10 seconds"),
        new String[] {"2016-03-27T09:00:05Z", "2016-03-27T09:00:32Z", null, null},
        "2016-03-27T09:00:00Z 2016-03-27T09:00:10Z 1",
        "2016-03-27T09:00:30Z 2016-03-27T09:00:40Z 1");
  }

  @Test
  void aWindowAroundTheEpoch() {
    windows(
        window(col("ts"), "10 seconds", "10 seconds", "5 seconds"),
        new String[] {"1970-01-01T00:00:02Z", "1970-01-01T00:00:12Z"},
        "1969-12-31T23:59:55Z 1970-01-01T00:00:05Z 1",
        "1970-01-01T00:00:05Z 1970-01-01T00:00:15Z 1");
  }

  @Test
  void before1970WindowsBeginAtTheFloor() {
    windows(
        window(col("ts"), "10 seconds"),
        new String[] {
          "1969-12-31T23:59:50Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z"
        },
        "1969-12-31T23:59:50Z 1970-01-01T00:00:00Z 2",
        "1970-01-01T00:00:00Z 1970-01-01T00:00:10Z 1");
    windows(
        window(col("ts"), "7 seconds", "3 seconds"),
        new String[] {"1969-12-31T23:59:58Z"},
        "1969-12-31T23:59:54Z 1970-01-01T00:00:01Z 1",
        "1969-12-31T23:59:57Z 1970-01-01T00:00:04Z 1");
  }

  /** Days of a zone without summer time begin where its clocks say 0:00. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Kolkata, -330 minutes",
    "Asia/Kathmandu, -345 minutes",
    "America/Caracas, 4 hours",
    "UTC, 0 seconds"
  })
  void daysOfAZoneBeginAtItsMidnight(String zone, String start) {
    Instant midnight = LocalDateTime.of(2024, 2, 29, 0, 0).atZone(ZoneId.of(zone)).toInstant();
    Instant next = midnight.plus(Duration.ofDays(1));
    windows(
        window(col("ts"), "1 day", "1 day", start),
        new String[] {midnight.toString(), next.minusNanos(1_000).toString(), next.toString()},
        midnight + " " + next + " 2",
        next + " " + next.plus(Duration.ofDays(1)) + " 1");
  }

  /** A window has a length, so a day of 23 hours is not one: where clocks jump nothing happens. */
  @Test
  void windowsDoNotKnowSummerTime() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant before = LocalDateTime.of(2024, 3, 31, 1, 30).atZone(berlin).toInstant();
    Instant after = LocalDateTime.of(2024, 3, 31, 3, 30).atZone(berlin).toInstant();
    assertThat(Duration.between(before, after)).isEqualTo(Duration.ofHours(1));
    windows(
        window(col("ts"), "1 hour"),
        new String[] {before.toString(), after.toString()},
        "2024-03-31T00:00:00Z 2024-03-31T01:00:00Z 1",
        "2024-03-31T01:00:00Z 2024-03-31T02:00:00Z 1");
    windows(
        window(col("ts"), "1 day", "1 day", "-1 hour"),
        new String[] {"2024-03-30T23:00:00Z", "2024-03-31T21:59:59Z", "2024-03-31T22:30:00Z"},
        "2024-03-30T23:00:00Z 2024-03-31T23:00:00Z 3");
  }

  @Test
  void theSessionsZoneMovesNoWindow() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      windows(
          window(col("ts"), "1 hour"),
          new String[] {"2024-03-31T00:30:00Z"},
          "2024-03-31T00:00:00Z 2024-03-31T01:00:00Z 1");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void weeksBeginOnThursdaysUnlessTheyStartElsewhere() {
    windows(
        window(col("ts"), "1 week"),
        new String[] {"2024-05-02T00:00:00Z", "2024-05-08T23:59:59Z"},
        "2024-05-02T00:00:00Z 2024-05-09T00:00:00Z 2");
    windows( // Mondays
        window(col("ts"), "1 week", "1 week", "4 days"),
        new String[] {"2024-05-06T00:00:00Z", "2024-05-12T23:59:59Z", "2024-05-05T12:00:00Z"},
        "2024-04-29T00:00:00Z 2024-05-06T00:00:00Z 1",
        "2024-05-06T00:00:00Z 2024-05-13T00:00:00Z 2");
  }

  @Test
  void aLeapDayIsADay() {
    windows(
        window(col("ts"), "1 day"),
        new String[] {"2024-02-28T23:59:59Z", "2024-02-29T12:00:00Z", "2024-03-01T00:00:00Z"},
        "2024-02-28T00:00:00Z 2024-02-29T00:00:00Z 1",
        "2024-02-29T00:00:00Z 2024-03-01T00:00:00Z 1",
        "2024-03-01T00:00:00Z 2024-03-02T00:00:00Z 1");
  }

  private static Instant us(long us) {
    return Instant.ofEpochSecond(
        Math.floorDiv(us, 1_000_000), Math.floorMod(us, 1_000_000) * 1_000L);
  }

  /** The watermark, too, must not overflow: neither backwards nor forwards. */
  @ParameterizedTest
  @ValueSource(strings = {"1 second", "100000 days"})
  void theEarliestAndTheLatestTimestampsHaveWindows(String delay) {
    Row earliest = Row.of("a", 1L, us(Long.MIN_VALUE + 10_000_000));
    Row latest = Row.of("a", 1L, us(Long.MAX_VALUE - 10_000_000));
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", delay)
                    .groupBy(window(col("ts"), "1 second"))
                    .agg(count("*").as("n"))
                    .select("n"))) {
      story.add(earliest).gives().late(0L).state(1L);
      story.add(earliest).gives().late(0L).state(1L);
      story.add(Story.row("a", 0)).gives("2").state(1L);
      story.add(latest).gives("1").state(1L);
      story.add(earliest, latest).gives().late(1L).state(1L);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void aTimeWhoseWindowWouldReachBeyondTimestampsHarmsNobody(long extremeUs) {
    try (Story story =
        Story.of(
            "update",
            input ->
                input
                    .groupBy(window(col("ts"), "10 seconds", "5 seconds"))
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(window.start AS BIGINT)", "n")
                    .filter(col("n").gt(1)))) {
      story.add(Story.row("a", 12), Row.of("a", 1L, us(extremeUs)), Story.row("a", 12));
      story.gives("5 2", "10 2");
    }
  }

  @Test
  void aWindowThatEndsBehindTheLatestTimestampStaysOpen() {
    Row latest = Row.of("a", 1L, us(Long.MAX_VALUE));
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy(window(col("ts"), "10 seconds"))
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(window.start AS BIGINT)", "n"))) {
      story.add(Story.row("a", 12), latest).gives("10 1").state(1L);
      story.add(latest).gives().late(0L).state(1L);
    }
  }

  @Test
  void theEndOfSuchAWindowIsTheLatestTimestamp() {
    try (Story story =
        Story.of("update", input -> counted(input, window(col("ts"), "10 seconds")))) {
      story
          .add(Row.of("a", 1L, us(Long.MAX_VALUE)))
          .gives("+294247-01-10T04:00:50Z +294247-01-10T04:00:54.775807Z 1");
    }
  }

  @Test
  void aColumnOfWindowsWithoutAggregation() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .select(window(col("ts"), "10 seconds", "3 seconds"), col("v"))
                    .selectExpr("CAST(window.start AS BIGINT)", "v"))) {
      // four windows hold 27 and three hold 34, as each pass over the batch finds them
      story
          .add(27, 34)
          .givesInAnyOrder("18 27", "21 27", "24 27", "27 27", "27 34", "30 34", "33 34");
    }
  }

  @Test
  void windowsInSqlAreThoseOfTheApi() {
    try (Session session = TestSession.open()) {
      List<Row> rows = Arrays.stream(MOMENTS).map(WindowBoundaryStoriesTest::at).toList();
      session.createDataFrame(rows, Story.SCHEMA).createOrReplaceTempView("moments");
      assertThat(
              session
                  .sql(
                      "SELECT CAST(window.start AS STRING) AS s, count(*) FROM moments"
                          + " GROUP BY window(ts, '10 seconds', '10 seconds', '-5 seconds')"
                          + " ORDER BY s")
                  .collect())
          .containsExactly(Row.of("2016-03-27 19:39:25", 2L), Row.of("2016-03-27 19:39:55", 1L));
    }
  }
}
