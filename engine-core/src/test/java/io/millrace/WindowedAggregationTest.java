package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static io.millrace.Functions.windowTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EngineThreads.class)
class WindowedAggregationTest {
  private static final Schema SCHEMA = Schema.parse("k STRING, ts TIMESTAMP, v BIGINT");

  private final List<String> seen = new ArrayList<>();

  private StreamingQuery start(DataFrame frame, String mode) {
    return frame
        .writeStream()
        .outputMode(mode)
        .foreachRow(row -> seen.add(row.toRow().values().toString()))
        .threads(Threads.CALLER)
        .start();
  }

  private static Row at(String key, long second, long value) {
    return Row.of(key, Instant.ofEpochSecond(second), value);
  }

  private List<String> after(MemoryStream input, StreamingQuery query, Row... rows) {
    seen.clear();
    input.addData(rows);
    query.processAllAvailable();
    return List.copyOf(seen);
  }

  private static DataFrame counts(MemoryStream input, String window) {
    return input
        .toDF()
        .withWatermark("ts", "10 seconds")
        .groupBy(window(col("ts"), window), col("k"))
        .agg(count("*").as("n"), sum("v").as("total"))
        .select("window.start", "k", "n", "total");
  }

  @Test
  void appendGivesEachWindowOnceWhenItIsOver() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = start(counts(input, "5 seconds"), "append");
      assertThat(
              after(input, query, at("a", 10, 1), at("b", 11, 2), at("a", 14, 3), at("a", 15, 4)))
          .isEmpty();
      assertThat(after(input, query, at("a", 25, 5)))
          .containsExactly("[1970-01-01T00:00:10Z, a, 2, 4]", "[1970-01-01T00:00:10Z, b, 1, 2]");
      assertThat(query.lastProgress().stateOperators().getFirst().numRowsTotal()).isEqualTo(2);
      assertThat(after(input, query, at("a", 10, 9))).isEmpty(); // late
      assertThat(query.lastProgress().stateOperators().getFirst().numRowsDroppedByWatermark())
          .isEqualTo(1);
      assertThat(after(input, query, at("a", 40, 9)))
          .containsExactly("[1970-01-01T00:00:15Z, a, 1, 4]", "[1970-01-01T00:00:25Z, a, 1, 5]");
      query.stop();
    }
  }

  @Test
  void updateGivesTheWindowsThatChanged() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = start(counts(input, "5 seconds"), "update");
      assertThat(after(input, query, at("b", 10, 1), at("a", 11, 2), at("b", 12, 2)))
          .containsExactly("[1970-01-01T00:00:10Z, b, 2, 3]", "[1970-01-01T00:00:10Z, a, 1, 2]");
      assertThat(after(input, query, at("a", 14, 2)))
          .containsExactly("[1970-01-01T00:00:10Z, a, 2, 4]");
      query.stop();
    }
  }

  @Test
  void completeGivesAllGroupsInTheOrderAskedFor() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame = input.toDF().groupBy("k").agg(avg("v").as("m")).orderBy(col("m").desc());
      StreamingQuery query = start(frame, "complete");
      assertThat(after(input, query, at("a", 0, 1), at("b", 0, 5)))
          .containsExactly("[b, 5.0]", "[a, 1.0]");
      assertThat(after(input, query, at("a", 0, 17))).containsExactly("[a, 9.0]", "[b, 5.0]");
      query.stop();
    }
  }

  @Test
  void slidingWindowsThatDoNotDivideTheSizeHoldEachRowAsOftenAsItFallsIntoOne() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame =
          input
              .toDF()
              .groupBy(window(col("ts"), "10 seconds", "4 seconds"))
              .agg(count("*"))
              .select("window.start", "window.end", "count(1)");
      StreamingQuery query = start(frame, "update");
      assertThat(after(input, query, at("a", 8, 1), at("a", 10, 1)))
          .containsExactly(
              "[1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 1]",
              "[1970-01-01T00:00:04Z, 1970-01-01T00:00:14Z, 2]",
              "[1970-01-01T00:00:08Z, 1970-01-01T00:00:18Z, 2]");
      query.stop();
    }
  }

  @Test
  void anAggregateOfAnAggregateClosesInTheSameBatch() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame =
          input
              .toDF()
              .withWatermark("ts", "0 seconds")
              .groupBy(window(col("ts"), "5 seconds"))
              .agg(count("*").as("n"))
              .groupBy(window(windowTime(col("window")), "10 seconds"))
              .agg(sum("n").as("total"))
              .select("window.start", "total");
      StreamingQuery query = start(frame, "append");
      assertThat(after(input, query, at("a", 1, 1), at("a", 6, 1), at("a", 7, 1))).isEmpty();
      assertThat(after(input, query, at("a", 21, 1))).containsExactly("[1970-01-01T00:00:00Z, 3]");
      query.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({"update, fused", "update, staged", "complete, fused", "complete, staged"})
  void ofTheWindowsOfOneRowTheEarliestComesFirst(String mode, String execution) {
    try (Session session =
        TestSession.open("millrace.execution", execution, "millrace.parallelism", 2)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame =
          input
              .toDF()
              .groupBy(col("k"), window(col("ts"), "40 seconds", "10 seconds"))
              .agg(count("*"))
              .select("k", "window.start");
      input.addData(at("a", 57, 1), at("b", 68, 1));
      StreamingQuery query =
          frame
              .writeStream()
              .outputMode(mode)
              .foreachRow(row -> seen.add(row.getString(0) + row.getTimestampUs(1) / 1_000_000))
              .start();
      query.processAllAvailable();
      query.stop();
      assertThat(seen).containsExactly("a20", "a30", "a40", "a50", "b30", "b40", "b50", "b60");
    }
  }

  @Test
  void blocksOfAnyNumberOfRowsHoldWhatIsRead() {
    try (Session session = TestSession.open("millrace.blockRows", 65)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = start(counts(input, "5 seconds"), "update");
      Row[] rows = new Row[200];
      Arrays.setAll(rows, i -> at("a", 3, i));
      assertThat(after(input, query, rows))
          .containsExactly("[1970-01-01T00:00:00Z, a, 200, 19900]");
      query.stop();
    }
  }
}
