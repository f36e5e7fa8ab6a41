package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.upper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineThreads.class)
class StreamToSinkTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT, name STRING");

  /** Blocks of at least 64 rows: these are several. */
  private static Row[] rows(int from, int to) {
    Row[] rows = new Row[to - from];
    for (int i = from; i < to; i++) {
      rows[i - from] = Row.of((long) i, i % 7 == 3 ? null : "name-" + i);
    }
    return rows;
  }

  @Test
  void filteredAndProjectedRowsComeInOrder() {
    try (Session session = TestSession.open("millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input
              .toDF()
              .filter(col("id").mod(lit(3L)).equalTo(1L))
              .select(upper(col("name")).as("shout"), col("id").plus(1L).as("next"))
              .writeStream()
              .toTable("result");
      input.addData(rows(0, 500));
      input.addData(rows(500, 501));
      input.addData(rows(501, 900));
      query.processAllAvailable();
      List<Row> expected = new ArrayList<>();
      for (int i = 1; i < 900; i += 3) {
        expected.add(Row.of(i % 7 == 3 ? null : "NAME-" + i, i + 1L));
      }
      assertThat(session.table("result").collect()).isEqualTo(expected);
      query.stop();
    }
  }

  @Test
  void everyAddIsAnEpochAndRowsAreNumberedFromZero() {
    List<String> seen = new ArrayList<>();
    try (Session session = TestSession.open("millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      input.addData(rows(0, 3));
      input.addData();
      input.addData(rows(3, 203));
      StreamingQuery query =
          input
              .toDF()
              .filter("id % 2 = 0")
              .writeStream()
              .foreachRow(
                  row -> seen.add(row.epoch() + "/" + row.rowNumber() + ":" + row.getLong(0)))
              .start();
      query.processAllAvailable();
      assertThat(query.recentProgress())
          .extracting(StreamingQueryProgress::batchId)
          .containsExactly(0L, 1L, 2L);
      assertThat(query.recentProgress())
          .extracting(StreamingQueryProgress::numInputRows)
          .containsExactly(3L, 0L, 200L);
    }
    List<String> expected = new ArrayList<>(List.of("0/0:0", "0/1:2"));
    for (int i = 0; i < 100; i++) {
      expected.add("2/" + i + ":" + (4 + 2 * i));
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void foreachBatchGetsAWholeEpochAsAFrame() {
    List<List<Row>> epochs = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    try (Session session = TestSession.open("millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input
              .toDF()
              .writeStream()
              .foreachBatch(
                  (frame, epoch) -> {
                    numbers.add(epoch);
                    epochs.add(frame.orderBy(col("id").desc()).limit(2).collect());
                  })
              .start();
      input.addData(rows(0, 300));
      input.addData();
      query.processAllAvailable();
    }
    assertThat(numbers).containsExactly(0L, 1L);
    assertThat(epochs).containsExactly(List.of(rows(298, 300)[1], rows(298, 300)[0]), List.of());
  }

  @Test
  void foreachOpensAndClosesAroundEveryEpoch() {
    List<String> calls = new ArrayList<>();
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input
              .toDF()
              .writeStream()
              .foreach(
                  new ForeachWriter<Row>() {
                    @Override
                    public boolean open(long partition, long epoch) {
                      calls.add("open " + partition + " " + epoch);
                      return epoch != 1;
                    }

                    @Override
                    public void process(Row row) {
                      calls.add("process " + row.get("id"));
                    }

                    @Override
                    public void close(Throwable error) {
                      calls.add("close " + error);
                    }
                  })
              .start();
      input.addData(rows(0, 2));
      input.addData(rows(2, 3));
      input.addData(rows(3, 4));
      query.processAllAvailable();
    }
    assertThat(calls)
        .containsExactly(
            "open 0 0",
            "process 0",
            "process 1",
            "close null",
            "open 0 1",
            "close null",
            "open 0 2",
            "process 3",
            "close null");
  }

  @Test
  void foreachArrowSeesTheRowsAsArrowData() {
    List<String> seen = new ArrayList<>();
    try (Session session = TestSession.open("millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input
              .toDF()
              .filter("id % 10 <> 5")
              .writeStream()
              .foreachArrow(
                  (root, epoch) -> {
                    BigIntVector ids = (BigIntVector) root.getVector("id");
                    VarCharVector names = (VarCharVector) root.getVector("name");
                    for (int i = 0; i < root.getRowCount(); i++) {
                      String name =
                          names.isNull(i)
                              ? "null"
                              : new String(names.get(i), StandardCharsets.UTF_8);
                      seen.add(epoch + ":" + ids.get(i) + ":" + name);
                    }
                  })
              .start();
      input.addData(rows(0, 200));
      input.addData(rows(200, 210));
      query.processAllAvailable();
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 210; i++) {
      if (i % 10 != 5) {
        expected.add((i < 200 ? 0 : 1) + ":" + i + ":" + (i % 7 == 3 ? "null" : "name-" + i));
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void aUnionTakesItsSourcesInTurnWithinAnEpoch() {
    try (Session session = TestSession.open()) {
      MemoryStream left = session.memoryStream(SCHEMA);
      MemoryStream right = session.memoryStream(SCHEMA);
      left.addData(rows(0, 2));
      right.addData(rows(10, 12));
      right.addData(rows(12, 13));
      StreamingQuery query =
          left.toDF()
              .union(right.toDF())
              .union(left.toDF().filter("id = 1"))
              .writeStream()
              .queryName("all")
              .format("memory")
              .start();
      query.processAllAvailable();
      assertThat(session.table("all").collect())
          .extracting(row -> row.get(0))
          .containsExactly(0L, 1L, 10L, 11L, 1L, 12L);
      assertThat(query.recentProgress().getFirst().sources())
          .extracting(StreamingQueryProgress.SourceProgress::numInputRows)
          .containsExactly(2L, 2L, 2L);
    }
  }

  @Test
  void aTableOfAQueryIsReadBySqlWhileTheQueryRuns() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = input.toDF().writeStream().queryName("Seen").format("memory").start();
      input.addData(rows(0, 10));
      query.processAllAvailable();
      assertThat(session.sql("SELECT count(*) AS n, max(id) FROM seen WHERE id < 8").collect())
          .containsExactly(Row.of(8L, 7L));
      input.addData(rows(10, 11));
      query.processAllAvailable();
      assertThat(session.table("SEEN").count()).isEqualTo(11);
    }
  }

  @Test
  void rowsThatDoNotFitAreRefusedWhenTheyAreAdded() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(Schema.parse("id BIGINT NOT NULL, name STRING"));
      assertThatThrownBy(() -> input.addData(Row.of(1L, "a"), Row.of(null, "b")))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
          .hasMessageContaining("NOT NULL");
      assertThatThrownBy(() -> input.addData(Row.of("1", "a"))).hasMessageContaining("id");
      assertThatThrownBy(() -> input.addData(Row.of(1L))).hasMessageContaining("2");
      StreamingQuery query = input.toDF().writeStream().toTable("t");
      input.addData(Row.of(5L, "ok"));
      query.processAllAvailable();
      assertThat(session.table("t").collect()).containsExactly(Row.of(5L, "ok"));
    }
  }

  @Test
  void aMemorySinkWithoutANameIsRefused() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      assertThatThrownBy(() -> input.toDF().writeStream().format("memory").start())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("queryName");
    }
  }

  @Test
  void aClosedStreamEndsItsQueryWhenAllIsProcessed() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      input.addData(rows(0, 5));
      input.addData(rows(5, 6));
      input.close();
      input.addData(rows(6, 7));
      StreamingQuery query = input.toDF().writeStream().toTable("t");
      query.awaitTermination();
      assertThat(session.table("t").count()).isEqualTo(6);
    }
  }
}
