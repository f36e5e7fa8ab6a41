package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import io.millrace.vector.column.FailingMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EngineThreads.class)
class QueryFailureTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT, text STRING");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "fused, 10 / id, id",
    "staged, 10 / id, id",
    "fused, CAST(text AS INT), text",
    "staged, CAST(text AS INT), text",
    "fused, CAST(id * 1000 AS TINYINT), id"
  })
  void aFailingExpressionIsNamedWithEpochAndOffsets(
      String execution, String expression, String column) {
    try (Session session = TestSession.open("millrace.execution", execution)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input.toDF().selectExpr(expression + " AS result").writeStream().toTable("t");
      input.addData();
      query.processAllAvailable();
      input.addData(Row.of(1_000_000L, "1"), Row.of(0L, "one"));
      assertThatThrownBy(query::awaitTermination)
          .isInstanceOfSatisfying(
              StreamingQueryException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DATA);
                assertThat(e.epoch()).isEqualTo(1);
                assertThat(e.offsets()).contains("1 to 2");
              })
          .hasMessageContaining("epoch 1")
          .hasMessageContaining(column);
      assertThat(session.table("t").count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void aCallbacksAssertionErrorIsTheApplications(String execution) {
    try (Session session = TestSession.open("millrace.execution", execution)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input
              .toDF()
              .writeStream()
              .foreachBatch(
                  (frame, epoch) -> {
                    throw new AssertionError("expected 1");
                  })
              .start();
      input.addData(Row.of(1L, ""));
      assertThatThrownBy(query::awaitTermination)
          .isInstanceOfSatisfying(
              StreamingQueryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR))
          .hasMessageContaining("expected 1");
    }
  }

  @Test
  void aForeachWriterIsClosedWithTheFailure() {
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
                    public void process(Row row) {
                      throw new IllegalArgumentException("bad row");
                    }

                    @Override
                    public void close(Throwable error) {
                      calls.add("close " + error.getMessage());
                    }
                  })
              .start();
      input.addData(Row.of(1L, ""));
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("bad row");
    }
    assertThat(calls).containsExactly("close bad row");
  }

  @Test
  void tooLittleMemoryFailsTheQueryAndLeaksNothing() {
    for (String execution : List.of("fused", "staged")) {
      for (int limit = 1_000; limit < 40_000_000; limit *= 3) {
        try (Session session =
            TestSession.open(
                "millrace.execution", execution,
                "millrace.parallelism", 2,
                "millrace.memoryLimit", limit)) {
          MemoryStream input = session.memoryStream(SCHEMA);
          input.addData(Row.of(1L, "x".repeat(100_000)));
          DataFrame frame = input.toDF().filter("id > 0").selectExpr("upper(text) AS t", "id + 1");
          assertThatThrownBy(
                  () -> {
                    StreamingQuery query = frame.writeStream().toTable("t");
                    query.processAllAvailable();
                    throw new StopIteration();
                  })
              .satisfiesAnyOf(
                  e -> assertThat(e).isInstanceOf(StopIteration.class),
                  e ->
                      assertThat(e)
                          .isInstanceOfSatisfying(
                              MillraceException.class, FailingMemory::requireClear));
        }
      }
    }
  }

  /** The query had memory enough. */
  private static final class StopIteration extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void whatCannotRunIsRefusedBeforeItStarts() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame = input.toDF();
      refused(() -> frame.writeStream().format("jsno").start(), "unknown sink format jsno");
      refused(
          () ->
              session
                  .readStream()
                  .format("kafak")
                  .load()
                  .writeStream()
                  .format("memory")
                  .queryName("q")
                  .start(),
          "unknown source format kafak");
      refused(
          () ->
              frame
                  .writeStream()
                  .trigger(Trigger.continuous("1 second"))
                  .foreachBatch((batch, epoch) -> {})
                  .start(),
          "foreachBatch");
      refused(
          () -> frame.writeStream().outputMode("complete").foreachRow(row -> {}).start(),
          "complete");
      DataFrame table = session.createDataFrame(List.of(Row.of(1L, "a")), SCHEMA);
      refused(() -> table.writeStream().foreachRow(row -> {}).start(), "write()");
      refused(frame::collect, "stream");
      assertThat(directory).isEmptyDirectory();
      assertThat(session.streams().active()).isEmpty();
    }
    assertThatThrownBy(() -> TestSession.open("millrace.paralelism", 2))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("millrace.parallelism");
    assertThatThrownBy(() -> TestSession.open("millrace.diskReserve", "-1k"))
        .hasMessage("session: millrace.diskReserve is -1024, it must be 0 or more");
    assertThatThrownBy(() -> TestSession.open("millrace.ringSlots", 3))
        .hasMessageContaining("power of two");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(AnalysisException.class).hasMessageContaining(text);
  }

  @Test
  void aQueryGoesOnFromItsCheckpoint() {
    String checkpoint = directory.resolve("ck").toString();
    List<String> seen = new ArrayList<>();
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataStreamWriter writer =
          input
              .toDF()
              .filter("id > 0")
              .writeStream()
              .option("checkpointLocation", checkpoint)
              .foreachRow(row -> seen.add(row.epoch() + ":" + row.getLong(0)));
      StreamingQuery first = writer.start();
      input.addData(Row.of(1L, ""));
      input.addData(Row.of(2L, ""));
      first.processAllAvailable();
      assertThatThrownBy(writer::start).hasMessageContaining(checkpoint); // in use
      first.stop();
      input.addData(Row.of(3L, ""));
      StreamingQuery second = writer.start();
      second.processAllAvailable();
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.runId()).isNotEqualTo(first.runId());
      assertThat(second.guarantee()).contains("at least once");
      second.stop();
      assertThatThrownBy(
              () ->
                  input
                      .toDF()
                      .filter("id > 5")
                      .writeStream()
                      .option("checkpointLocation", checkpoint)
                      .foreachRow(row -> {})
                      .start())
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("Filter")
          .hasMessageContaining("5");
    }
    assertThat(seen).containsExactly("0:1", "1:2", "2:3");
  }

  @Test
  void anEpochThatFailedRunsAgainUnderItsPlan() {
    String checkpoint = directory.resolve("ck").toString();
    List<String> seen = new ArrayList<>();
    boolean[] fail = {true};
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataStreamWriter writer =
          input
              .toDF()
              .writeStream()
              .option("checkpointLocation", checkpoint)
              .trigger(Trigger.eventCount(2))
              .foreachRow(
                  row -> {
                    seen.add(row.epoch() + "/" + row.rowNumber() + ":" + row.getLong(0));
                    if (fail[0] && row.getLong(0) == 4) {
                      throw new IllegalStateException("once");
                    }
                  });
      input.addData(Row.of(1L, ""), Row.of(2L, ""), Row.of(3L, ""));
      input.addData(Row.of(4L, ""), Row.of(5L, ""), Row.of(6L, ""));
      assertThatThrownBy(writer.start()::awaitTermination).hasMessageContaining("once");
      fail[0] = false;
      StreamingQuery again = writer.start();
      again.processAllAvailable();
      assertThat(again.recentProgress()).hasSize(2);
    }
    assertThat(seen)
        .containsExactly("0/0:1", "0/1:2", "1/0:3", "1/1:4", "1/0:3", "1/1:4", "2/0:5", "2/1:6");
  }

  @Test
  void aMemoryStreamDoesNotOutliveItsSession() {
    String checkpoint = directory.resolve("ck").toString();
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      input.addData(Row.of(1L, ""));
      StreamingQuery query =
          input
              .toDF()
              .writeStream()
              .option("checkpointLocation", checkpoint)
              .foreachRow(
                  row -> {
                    throw new IllegalStateException("no");
                  })
              .start();
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("no");
    }
    try (Session session = TestSession.open()) {
      StreamingQuery query =
          session
              .memoryStream(SCHEMA)
              .toDF()
              .writeStream()
              .option("checkpointLocation", checkpoint)
              .foreachRow(row -> {})
              .start();
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("memory stream");
    }
  }
}
