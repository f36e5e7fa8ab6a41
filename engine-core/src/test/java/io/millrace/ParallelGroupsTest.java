package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups kept by several threads come out as those of one thread do, in the same order. */
@ExtendWith(EngineThreads.class)
class ParallelGroupsTest {
  private static final Schema SCHEMA = Schema.parse("k STRING, ts TIMESTAMP, v DOUBLE");
  private static final long SEED = Long.getLong("millrace.test.seed", 4711);

  private static List<Row[]> batches() {
    Random random = new Random(SEED);
    List<Row[]> batches = new ArrayList<>();
    for (int batch = 0; batch < 12; batch++) {
      Row[] rows = new Row[random.nextInt(700)];
      for (int i = 0; i < rows.length; i++) {
        // One key has half the rows.
        String key = random.nextBoolean() ? "hot" : "k" + random.nextInt(50);
        long second = batch * 20L + random.nextInt(60) - 30;
        Object value = random.nextInt(9) == 0 ? null : random.nextGaussian() * 1e6;
        Object time = random.nextInt(20) == 0 ? null : Instant.ofEpochSecond(second);
        rows[i] = Row.of(random.nextInt(30) == 0 ? null : key, time, value);
      }
      batches.add(rows);
    }
    return batches;
  }

  private static List<String> run(String execution, int parallelism, String mode, String slide) {
    List<String> seen = new ArrayList<>();
    try (Session session =
        TestSession.open(
            "millrace.execution",
            execution,
            "millrace.parallelism",
            parallelism,
            "millrace.blockRows",
            64,
            "millrace.ringSlots",
            4)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      DataFrame frame =
          input
              .toDF()
              .withWatermark("ts", "10 seconds")
              .groupBy(window(col("ts"), "20 seconds", slide), col("k"))
              .agg(count("*"), sum("v"), avg("v"));
      StreamingQuery query =
          frame
              .writeStream()
              .outputMode(mode)
              .foreachRow(row -> seen.add(row.epoch() + " " + row.toRow().values()))
              .start();
      for (Row[] batch : batches()) {
        input.addData(batch);
        query.processAllAvailable();
        if (query.lastProgress() != null) {
          var state = query.lastProgress().stateOperators().getFirst();
          seen.add(
              state.numRowsTotal()
                  + " rows, late "
                  + state.numRowsDroppedByWatermark()
                  + ", updated "
                  + state.numRowsUpdated()
                  + ", "
                  + query.lastProgress().eventTime());
        }
      }
      query.stop();
    }
    return seen;
  }

  @ParameterizedTest
  @CsvSource({
    "2, append, 20 seconds",
    "3, append, 8 seconds",
    "2, update, 20 seconds",
    "4, update, 8 seconds",
    "2, complete, 20 seconds",
    "1, update, 10 seconds"
  })
  void theNumberOfThreadsChangesNothing(int parallelism, String mode, String slide) {
    assertThat(run("staged", parallelism, mode, slide))
        .as("seed %d: -Dmillrace.test.seed=%d", SEED, SEED)
        .isEqualTo(run("fused", 1, mode, slide));
  }
}
