package io.millrace.connectors.state;

import static io.millrace.Functions.col;
import static io.millrace.Functions.collectList;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataFrame;
import io.millrace.MemoryStream;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query keeps, read as a table while it runs. */
class StateSourceTest {
  @TempDir Path folder;
  private Session session;
  private MemoryStream input;
  private String checkpoint;

  @BeforeEach
  void open() {
    session = Session.builder().config("millrace.journal", "file").create();
    input = session.memoryStream(Schema.parse("k STRING, ts TIMESTAMP, v BIGINT"));
    checkpoint = folder.resolve("ck").toString();
  }

  @AfterEach
  void close() {
    session.close();
  }

  private StreamingQuery start(DataFrame frame, String mode) {
    return frame
        .writeStream()
        .outputMode(mode)
        .format("noop")
        .option("checkpointLocation", checkpoint)
        .start();
  }

  private StreamingQuery totals() {
    return start(input.toDF().groupBy("k").agg(sum("v").as("total")), "update");
  }

  private static Row row(String key, long second, long value) {
    return Row.of(key, Instant.ofEpochSecond(second), value);
  }

  private DataFrame state() {
    return session.read().format("state").load(checkpoint);
  }

  @Test
  void stateIsATableAsItIsAfterEachCommit() {
    StreamingQuery query = totals();
    input.addData(row("a", 0, 1), row("b", 0, 2), row("a", 0, 3), row(null, 0, 4));
    query.processAllAvailable();
    DataFrame state = state();
    assertThat(state.isStreaming()).isFalse();
    assertThat(state.schema().names()).startsWith("k", "first_row");
    assertThat(state.select("k", "first_row").orderBy("first_row").collect())
        .containsExactly(Row.of("a", 0L), Row.of("b", 1L), Row.of(null, 3L));
    assertThat(state.count()).isEqualTo(3);
    input.addData(row("c", 0, 5));
    query.processAllAvailable();
    assertThat(state.count()).isEqualTo(4);
    query.stop();
    assertThat(state().filter(col("k").isNull()).count()).isEqualTo(1);
  }

  @Test
  void manyRowsComeInManyBlocksAndSqlReadsThem() {
    StreamingQuery query = totals();
    input.addData(IntStream.range(0, 20_000).mapToObj(i -> row("k" + i, 0, i)).toArray(Row[]::new));
    query.processAllAvailable();
    query.stop();
    state().createOrReplaceTempView("state");
    assertThat(
            session
                .sql(
                    "SELECT count(*) AS n, count(DISTINCT k) AS keys, max(first_row) AS last FROM state")
                .collect())
        .containsExactly(Row.of(20_000L, 20_000L, 19_999L));
  }

  @Test
  void whatTheWatermarkHasPassedIsNotThere() {
    StreamingQuery query =
        start(
            input
                .toDF()
                .withWatermark("ts", "0 seconds")
                .groupBy(window(col("ts"), "10 seconds"), col("k"))
                .agg(count("*").as("n")),
            "append");
    input.addData(row("a", 1, 1), row("b", 12, 1), row("c", 25, 1));
    query.processAllAvailable();
    query.stop();
    state().createOrReplaceTempView("state");
    assertThat(session.sql("SELECT `window.start`, k FROM state").collect())
        .containsExactly(Row.of(Instant.ofEpochSecond(20), "c"));
  }

  /** One has grown backwards and so is another than the one that was written down first. */
  @Test
  void sessionsAreThereOnceUntilTheyAreOver() {
    StreamingQuery query =
        start(
            input
                .toDF()
                .withWatermark("ts", "10 seconds")
                .groupBy(sessionWindow(col("ts"), "5 seconds"), col("k"))
                .agg(count("*").as("n")),
            "append");
    input.addData(row("a", 1, 1), row("b", 20, 1), row("c", 25, 1));
    query.processAllAvailable();
    input.addData(row("b", 16, 1));
    query.processAllAvailable();
    query.stop();
    DataFrame state = state();
    assertThat(state.schema().names()).startsWith("k", "start", "end");
    assertThat(state.select("k", "start", "end").collect())
        .containsExactlyInAnyOrder(
            Row.of("b", Instant.ofEpochSecond(16), Instant.ofEpochSecond(25)),
            Row.of("c", Instant.ofEpochSecond(25), Instant.ofEpochSecond(30)));
  }

  @Test
  void anOperatorIsChosenByItsNumber() {
    DataFrame counts =
        input
            .toDF()
            .withWatermark("ts", "0 seconds")
            .groupBy(window(col("ts"), "10 seconds"), col("k"))
            .agg(count("*").as("n"));
    StreamingQuery query =
        start(
            counts.groupBy(window(col("window"), "20 seconds")).agg(collectList(col("k")).as("ks")),
            "append");
    input.addData(row("a", 1, 1), row("b", 21, 1), row("c", 31, 1));
    query.processAllAvailable();
    query.stop();
    assertThat(session.read().format("state").option("operator", 1).load(checkpoint).count())
        .isEqualTo(1);
    assertRefused(
        "has more than one stateful operator, say which; there are: 0 = stateStoreSave 0 (rows: 1),"
            + " 1 = stateStoreSave 1 (rows: 1)",
        this::state);
    assertRefused(
        "has no stateful operator 2; there are: 0 = ",
        () -> session.read().format("state").option("operator", 2).load(checkpoint));
  }

  private void assertRefused(String reason, Runnable load) {
    assertThatThrownBy(load::run)
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith("source state (state): ")
        .hasMessageContaining(reason);
  }

  @Test
  void whatCannotBeReadIsRefusedBeforeAnythingRuns() throws IOException {
    assertRefused("there is no checkpoint; name the directory", this::state);
    assertRefused("option path is missing", () -> session.read().format("state").load());
    StreamingQuery query = totals();
    input.addData(row("a", 0, 1));
    query.processAllAvailable();
    query.stop();
    assertRefused(
        "use read() instead of readStream()",
        () -> session.readStream().format("state").load(checkpoint));
    assertRefused(
        "leave schema(...) out",
        () -> session.read().format("state").schema("k STRING").load(checkpoint));
    assertRefused(
        "option operator is x, it must be a whole number",
        () -> session.read().format("state").option("operator", "x").load(checkpoint));
    assertRefused(
        "unknown option operater; did you mean operator?",
        () -> session.read().format("state").option("operater", 0).load(checkpoint));
    Path schema = folder.resolve("ck/state/schema.json");
    Files.writeString(schema, Files.readString(schema).replace("BIGINT", "DOUBLE"));
    assertRefused("is damaged; `millrace checkpoint verify " + checkpoint, this::state);
  }

  @Test
  void aQueryWithoutStateHasNoneToRead() {
    StreamingQuery query = start(input.toDF(), "append");
    assertRefused("no epoch of its query is committed yet", this::state);
    input.addData(row("a", 0, 1));
    query.processAllAvailable();
    query.stop();
    assertRefused("its query keeps no state", this::state);
  }

  @Test
  void tooLittleMemoryForTheRowsIsSaid() {
    StreamingQuery query = totals();
    List<Row> rows = IntStream.range(0, 50_000).mapToObj(i -> row("key" + i, 0, i)).toList();
    input.addData(rows.toArray(Row[]::new));
    query.processAllAvailable();
    query.stop();
    session.conf().set("millrace.memoryLimit", "2m");
    assertThatThrownBy(() -> state().collect())
        .hasMessageContaining("memory")
        .hasMessageNotContaining("damaged");
  }
}
