package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.collectList;
import static io.millrace.Functions.countDistinct;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.FailingMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The n-th piece of memory is not there, for every n; then the same session tries again. */
@Timeout(120)
@ExtendWith(EngineThreads.class)
class MemoryExhaustionTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT, text STRING");
  private static final String LONG = "x".repeat(30_000);

  /** What is tried again and again, on sessions of its own. */
  private interface Scene {
    /**
     * @param attempt does a step that may fail, and once more if it has
     */
    void play(Session session, Attempt attempt);
  }

  private interface Attempt {
    void at(Runnable step);
  }

  private static void forEveryAllocation(String execution, Scene scene) {
    boolean failed = true;
    int number = 0;
    while (failed) {
      FailingMemory memory = new FailingMemory(++number);
      BufferAllocator allocator = new RootAllocator(memory, Long.MAX_VALUE);
      try (Session session =
          TestSession.open(
              allocator,
              "millrace.execution",
              execution,
              "millrace.parallelism",
              2,
              "millrace.ringSlots",
              2,
              "millrace.blockRows",
              64)) {
        scene.play(session, step -> attempt(step, memory));
        failed = memory.failed();
      }
      assertThat(allocator.getAllocatedMemory()).as("allocation %d", number).isZero();
    }
    assertThat(number).as("allocations").isGreaterThan(5);
  }

  private static void attempt(Runnable step, FailingMemory memory) {
    boolean before = memory.failed();
    MillraceException failure = catchThrowableOfType(MillraceException.class, step::run);
    if (before || !memory.failed()) {
      assertThat(failure).isNull();
    } else {
      FailingMemory.requireClear(failure);
      step.run();
    }
  }

  private static List<Long> ids(List<Row> rows) {
    return rows.stream().map(row -> (Long) row.get(0)).sorted().toList();
  }

  private static List<Long> range(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void continuousQueryOverAnInletFailsClearlyAndStartsAgain(String execution) {
    forEveryAllocation(
        execution,
        (session, attempt) -> {
          Inlet inlet = session.inlet("in", SCHEMA, InletOptions.defaults());
          List<Row> seen = new ArrayList<>();
          attempt.at(
              () -> {
                StreamingQuery query =
                    inlet
                        .toDF()
                        .filter("id >= 0")
                        .selectExpr("id", "concat(text, upper(text)) AS text")
                        .writeStream()
                        .trigger(Trigger.continuous("1 hour"))
                        .foreachRow(row -> seen.add(row.toRow()))
                        .start();
                try {
                  seen.clear();
                  InletWriter writer = inlet.writer();
                  for (long id = 0; id < 3; id++) {
                    writer.setLong(0, id).setString(1, LONG.substring((int) id)).append();
                  }
                  inlet.append(Row.of(3L, "a"));
                  query.processAllAvailable();
                } finally {
                  query.stop();
                }
                assertThat(query.isActive()).isFalse();
              });
          assertThat(ids(seen)).containsSubsequence(range(4));
          assertThat(seen).contains(Row.of(3L, "aA"));
        });
  }

  @Test
  void appendThatFailsAddsNothingAndCanBeDoneAgain() {
    int rows = 600; // more than a block
    try (BufferAllocator own = new RootAllocator();
        VectorSchemaRoot batch = VectorSchemaRoot.create(SCHEMA.toArrow(), own)) {
      fill(batch, rows);
      forEveryAllocation(
          "fused",
          (session, attempt) -> {
            Inlet batches = session.inlet("batches", SCHEMA, small());
            attempt.at(() -> assertThat(batches.appendBatch(batch)).isEqualTo(rows - 1));
            Inlet single = session.inlet("single", SCHEMA, small());
            InletWriter[] writer = new InletWriter[1];
            attempt.at(() -> writer[0] = single.writer());
            for (int id = 0; id < 5; id++) {
              writer[0].setLong(0, id).setString(1, LONG.repeat(id));
              attempt.at(() -> assertThat(writer[0].append()).isNotNegative());
            }
            attempt.at(() -> assertThat(single.append(Row.of(5L, LONG))).isNotNegative());
            assertThat(ids(read(batches, attempt))).isEqualTo(range(rows));
            assertThat(ids(read(single, attempt))).isEqualTo(range(6));
          });
    }
  }

  private static InletOptions small() {
    return new InletOptions(1024, InletOptions.WhenFull.RETURN_FULL);
  }

  private static void fill(VectorSchemaRoot batch, int rows) {
    BigIntVector ids = (BigIntVector) batch.getVector(0);
    VarCharVector texts = (VarCharVector) batch.getVector(1);
    for (int row = 0; row < rows; row++) {
      ids.setSafe(row, row);
      texts.setSafe(row, new Text(LONG.substring(0, 100)));
    }
    batch.setRowCount(rows);
  }

  /** The rows that wait, read by a query that takes them as they are. */
  private static List<Row> read(Inlet inlet, Attempt attempt) {
    List<Row> seen = new ArrayList<>();
    attempt.at(
        () -> {
          StreamingQuery query =
              inlet
                  .toDF()
                  .writeStream()
                  .trigger(Trigger.availableNow())
                  .foreachRow(row -> seen.add(row.toRow()))
                  .start();
          query.awaitTermination();
        });
    return seen;
  }

  @Test
  void memoryStreamTakesABatchWholeOrNotAtAll() {
    forEveryAllocation(
        "staged",
        (session, attempt) -> {
          MemoryStream stream = session.memoryStream(SCHEMA);
          attempt.at(() -> stream.addData(Row.of(0L, LONG), Row.of(1L, "b")));
          attempt.at(() -> stream.addData(Row.of(2L, "c")));
          List<Row> seen = new ArrayList<>();
          attempt.at(
              () -> {
                seen.clear();
                stream
                    .toDF()
                    .where("id IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AND text LIKE '%'")
                    .writeStream()
                    .trigger(Trigger.availableNow())
                    .foreachRow(row -> seen.add(row.toRow()))
                    .start()
                    .awaitTermination();
              });
          assertThat(ids(seen)).isEqualTo(range(3));
        });
  }

  @ParameterizedTest
  @CsvSource({"fused, batch", "fused, row", "staged, batch"})
  void groupingQueryFailsClearlyAndStartsAgain(String execution, String lateness) {
    forEveryAllocation(
        execution,
        (session, attempt) -> {
          MemoryStream stream = session.memoryStream(Schema.parse("ts TIMESTAMP, text STRING"));
          attempt.at(() -> stream.addData(Row.of(Instant.EPOCH, LONG), Row.of(Instant.EPOCH, "b")));
          attempt.at(() -> stream.addData(Row.of(Instant.EPOCH.plusSeconds(99), "c")));
          List<Row> seen = new ArrayList<>();
          attempt.at(
              () -> {
                seen.clear();
                stream
                    .toDF()
                    .withWatermark("ts", "1 second")
                    .groupBy(window(col("ts"), "10 seconds", "5 seconds"), col("text"))
                    .agg(collectList("text").as("texts"), countDistinct("text").as("n"))
                    .select("n")
                    .writeStream()
                    .option("lateness", lateness)
                    .trigger(Trigger.availableNow())
                    .foreachRow(row -> seen.add(row.toRow()))
                    .start()
                    .awaitTermination();
              });
          assertThat(ids(seen)).containsExactly(1L, 1L, 1L, 1L);
        });
  }
}
