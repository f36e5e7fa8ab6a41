package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.expr;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static io.millrace.Functions.windowTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that group by sessions; closing the engine's session proves that no memory stays. */
@ExtendWith(EngineThreads.class)
class SessionWindowTest {
  private static final Schema SCHEMA = Schema.parse("k STRING, ts TIMESTAMP, v BIGINT");

  private final List<String> seen = new ArrayList<>();

  @TempDir private Path directory;

  private DataStreamWriter writer(DataFrame frame, String mode) {
    return frame
        .writeStream()
        .outputMode(mode)
        .foreachRow(row -> seen.add(row.toRow().values().toString()))
        .threads(Threads.CALLER);
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

  /** Bounds as seconds. */
  private static DataFrame bounds(DataFrame groups) {
    return groups.select(
        expr("unix_timestamp(session_window.start)"),
        expr("unix_timestamp(session_window.end)"),
        col("k"),
        col("n"),
        col("total"));
  }

  private static DataFrame sessions(DataFrame input, String gap) {
    return bounds(
        input
            .groupBy(sessionWindow(col("ts"), gap), col("k"))
            .agg(count("*").as("n"), sum("v").as("total")));
  }

  private static DataFrame watched(MemoryStream input) {
    return input.toDF().withWatermark("ts", "10 seconds");
  }

  private static StateOperatorProgress state(StreamingQuery query) {
    return query.lastProgress().stateOperators().getFirst();
  }

  @Test
  void appendGivesASessionOnceWhenItIsOver() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = writer(sessions(watched(input), "5 seconds"), "append").start();
      assertThat(after(input, query, at("a", 10, 1), at("b", 11, 2), at("a", 18, 3))).isEmpty();
      assertThat(state(query).operatorName()).isEqualTo("sessionWindowStateStoreSaveExec");
      assertThat(state(query).numRowsTotal()).isEqualTo(3);
      assertThat(state(query).numRowsUpdated()).isEqualTo(3);
      // Between the two of a, out of order.
      assertThat(after(input, query, at("a", 14, 4))).isEmpty();
      assertThat(state(query).numRowsTotal()).isEqualTo(2);
      assertThat(after(input, query, at("a", 27, 5))).containsExactly("[11, 16, b, 1, 2]");
      assertThat(state(query).numRowsRemoved()).isEqualTo(1);
      // Would end where the watermark is.
      assertThat(after(input, query, at("b", 12, 9))).isEmpty();
      assertThat(state(query).numRowsDroppedByWatermark()).isEqualTo(1);
      assertThat(after(input, query, at("c", 50, 9)))
          .containsExactly("[10, 23, a, 3, 8]", "[27, 32, a, 1, 5]");
      query.stop();
    }
  }

  @Test
  void completeGivesAllSessionsWithoutAWatermark() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = writer(sessions(input.toDF(), "5 seconds"), "complete").start();
      assertThat(after(input, query, at("a", 10, 1), at("b", 0, 2), at("a", -10, 3)))
          .containsExactly("[10, 15, a, 1, 1]", "[0, 5, b, 1, 2]", "[-10, -5, a, 1, 3]");
      assertThat(after(input, query, at("a", 100, 4), at("b", -5, 5)))
          .containsExactly(
              "[10, 15, a, 1, 1]", "[-5, 5, b, 2, 7]", "[-10, -5, a, 1, 3]", "[100, 105, a, 1, 4]");
      query.stop();
    }
  }

  @Test
  void updateIsRefusedWithTheWayOut() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataStreamWriter writer = writer(sessions(watched(input), "5 seconds"), "update");
      assertThatThrownBy(writer::start)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("session_window")
          .hasMessageContaining("append or complete");
    }
  }

  @Test
  void sqlGroupsByTheGapOfEachRow() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      watched(input).createOrReplaceTempView("clicks");
      DataFrame frame =
          session.sql(
              "SELECT unix_timestamp(session_window.start) AS s,"
                  + " unix_timestamp(session_window.end) AS e, count(*) AS n FROM clicks"
                  + " GROUP BY session_window(ts, CASE WHEN k = 'long' THEN '20 seconds'"
                  + " WHEN k = 'none' THEN '-1 seconds' WHEN k = 'null' THEN NULL"
                  + " ELSE '5 seconds' END) HAVING count(*) > 1");
      StreamingQuery query = writer(frame, "append").start();
      Row nowhere = Row.of("a", null, 1L);
      assertThat(
              after(
                  input,
                  query,
                  at("a", 10, 1),
                  nowhere,
                  at("none", 12, 1),
                  at("null", 12, 1),
                  at("a", 30, 1),
                  at("long", 12, 1),
                  at("a", 60, 1),
                  at("a", 100, 1)))
          .containsExactly("[10, 35, 3]");
      query.stop();
    }
  }

  @Test
  void aStaticTableIsOneBatch() {
    try (Session session = TestSession.open()) {
      DataFrame table =
          session.createDataFrame(
              List.of(at("a", 3, 1), at(null, -100, 2), at("a", 8, 3), at("a", 14, 4)), SCHEMA);
      assertThat(sessions(table, "5 seconds").collect())
          .containsExactly(
              Row.of(3L, 13L, "a", 2L, 4L),
              Row.of(-100L, -95L, null, 1L, 2L),
              Row.of(14L, 19L, "a", 1L, 4L));
      assertThat(sessions(table.filter("v > 100"), "5 seconds").collect()).isEmpty();
    }
  }

  @Test
  void anAggregateOfSessionsClosesWithThem() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame =
          watched(input)
              .groupBy(sessionWindow(col("ts"), "5 seconds"), col("k"))
              .agg(count("*").as("n"))
              .groupBy(window(windowTime(col("session_window")), "1 minute"))
              .agg(sum("n").as("rows"), count("*").as("sessions"))
              .select("window.start", "rows", "sessions");
      StreamingQuery query = writer(frame, "append").start();
      assertThat(after(input, query, at("a", 1, 1), at("a", 4, 1), at("b", 50, 1))).isEmpty();
      assertThat(after(input, query, at("a", 75, 1)))
          .containsExactly("[1970-01-01T00:00:00Z, 3, 2]");
      query.stop();
    }
  }

  @Test
  void aRestartGoesOnWithOpenSessionsThatMergeAndBeginEarlier() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataStreamWriter writer =
          writer(sessions(watched(input), "5 seconds"), "append")
              .option("checkpointLocation", directory.toString());
      StreamingQuery query = writer.start();
      assertThat(after(input, query, at("a", 20, 1), at("a", 12, 2), at("b", 1, 4)))
          .containsExactly("[1, 6, b, 1, 4]");
      query.stop();
      query = writer.start();
      assertThat(state(query, input, at("c", 13, 0)).numRowsTotal()).isEqualTo(3);
      // Both sessions of a and, before them, a new start.
      assertThat(after(input, query, at("a", 16, 8), at("a", 8, 16))).isEmpty();
      query.stop();
      query = writer.start();
      assertThat(after(input, query, at("c", 29, 32))).containsExactly("[13, 18, c, 1, 0]");
      query.stop();
      query = writer.start();
      assertThat(after(input, query, at("d", 60, 64)))
          .containsExactly("[8, 25, a, 4, 27]", "[29, 34, c, 1, 32]");
      assertThat(state(query).numRowsTotal()).isEqualTo(1);
      query.stop();
    }
  }

  private StateOperatorProgress state(StreamingQuery query, MemoryStream input, Row... rows) {
    after(input, query, rows);
    return state(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "complete"})
  void byTheRuleOfRowsCutsChangeNothing(String mode) {
    long seed = Long.getLong("millrace.test.seed", 31);
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(at("k" + random.nextInt(3), i / 2 + random.nextInt(40), i));
    }
    rows.add(at("end", 10_000, 0));
    List<String> one = run(rows, mode, 1, random);
    assertThat(run(rows, mode, 150, random))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(one);
    assertThat(one).hasSizeGreaterThan(10);
  }

  private List<String> run(List<Row> rows, String mode, int most, Random random) {
    List<String> all = new ArrayList<>();
    try (Session session = TestSession.open("millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          writer(sessions(watched(input), "3 seconds"), mode).option("lateness", "row").start();
      for (int from = 0; from < rows.size(); ) {
        int to = Math.min(rows.size(), from + 1 + random.nextInt(most));
        List<String> out = after(input, query, rows.subList(from, to).toArray(Row[]::new));
        if (mode.equals("complete")) {
          all.clear();
        }
        all.addAll(out);
        from = to;
      }
      query.stop();
    }
    return all;
  }

  @Test
  void rowsWithoutAPositiveGapAreInNoSessionAndNeverLate() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame groups =
          watched(input)
              .groupBy(
                  sessionWindow(col("ts"), expr("concat(CAST(v AS STRING), ' seconds')")), col("k"))
              .agg(count("*").as("n"), sum("v").as("total"));
      StreamingQuery query = writer(bounds(groups), "append").start();
      assertThat(after(input, query, at("a", 100, 5))).isEmpty();
      Row without = Row.of("a", Instant.ofEpochSecond(10), null);
      assertThat(after(input, query, without, at("a", 10, 0), at("a", 10, -1), at("a", 10, 1)))
          .isEmpty();
      assertThat(state(query).numRowsDroppedByWatermark()).isEqualTo(1);
      assertThat(state(query).numRowsTotal()).isEqualTo(1);
      query.stop();
    }
  }
}
