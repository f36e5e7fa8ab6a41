package io.millrace;

import static io.millrace.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thread or many, small blocks or large: the answers are the same, in the same order. */
@ExtendWith(EngineThreads.class)
class ExecutionModesTest {
  private static final Schema SCHEMA =
      Schema.parse("id BIGINT, value DOUBLE, text STRING, flag BOOLEAN");
  private static final long SEED = Long.getLong("millrace.test.seed", 4711);
  private static final String[] WORDS = {
    "", "a", "Ärger", "日本語", "😀", "x".repeat(300), "y".repeat(5_000)
  };

  static Stream<Arguments> modes() {
    List<Arguments> modes = new ArrayList<>();
    for (String wait : List.of("park", "yield", "busy-spin")) {
      modes.add(Arguments.of("fused", 1, wait, 64, 2));
      // spinning threads beyond the cores take turns by time slices
      for (int parallelism : wait.equals("busy-spin") ? new int[] {1} : new int[] {1, 2, 4}) {
        modes.add(Arguments.of("staged", parallelism, wait, 64, 2));
      }
    }
    modes.add(Arguments.of("fused", 1, "park", 8192, 64));
    modes.add(Arguments.of("staged", 2, "park", 128, 8));
    modes.add(Arguments.of("staged", 3, "park", 8192, 64));
    return modes.stream();
  }

  private static List<Row[]> randomBatches(Random random) {
    List<Row[]> batches = new ArrayList<>();
    long id = 0;
    for (int size : new int[] {0, 1, 63, 64, 65, 700, 129, 3}) {
      Row[] rows = new Row[size];
      for (int i = 0; i < size; i++) {
        rows[i] =
            Row.of(
                id++,
                random.nextInt(5) == 0 ? null : random.nextInt(1_000) / 10.0,
                random.nextInt(4) == 0 ? null : WORDS[random.nextInt(WORDS.length)],
                random.nextInt(3) == 0 ? null : random.nextBoolean());
      }
      batches.add(rows);
    }
    return batches;
  }

  private static List<String> expected(List<Row[]> batches, double limit) {
    List<String> expected = new ArrayList<>();
    for (int epoch = 0; epoch < batches.size(); epoch++) {
      int number = 0;
      for (Row row : batches.get(epoch)) {
        if (row.get(1) != null && row.getDouble(1) < limit) {
          expected.add(
              line(epoch, number++, row.getLong(0), row.getDouble(1) * 2, row.get(2), row.get(3)));
        }
      }
    }
    return expected;
  }

  private static String line(
      long epoch, long number, long id, double twice, Object text, Object flag) {
    return epoch + "/" + number + ": " + id + " " + twice + " " + text + " " + flag;
  }

  @ParameterizedTest
  @MethodSource("modes")
  void answersDoNotDependOnThreadsBlocksOrWaiting(
      String execution, int parallelism, String wait, int blockRows, int ringSlots) {
    List<Row[]> batches = randomBatches(new Random(SEED));
    for (double limit : new double[] {-1, 3, 50, 99.5, 1_000}) {
      List<String> seen = new ArrayList<>();
      try (Session session =
          TestSession.open(
              "millrace.execution", execution,
              "millrace.parallelism", parallelism,
              "millrace.wait", wait,
              "millrace.blockRows", blockRows,
              "millrace.ringSlots", ringSlots)) {
        MemoryStream input = session.memoryStream(SCHEMA);
        batches.forEach(input::addData);
        StreamingQuery query =
            input
                .toDF()
                .filter(col("value").lt(limit))
                .select(col("flag"), col("text"), col("value").multiply(2.0).as("twice"), col("id"))
                .writeStream()
                .trigger(Trigger.availableNow())
                .foreachRow(
                    row ->
                        seen.add(
                            line(
                                row.epoch(),
                                row.rowNumber(),
                                row.getLong(3),
                                row.getDouble(2),
                                row.getString(1),
                                row.isNull(0) ? null : row.getBoolean(0))))
                .start();
        query.awaitTermination();
        assertThat(query.recentProgress()).hasSize(batches.size());
        assertThat(query.recentProgress().stream().mapToLong(p -> p.numInputRows()).sum())
            .isEqualTo(batches.stream().mapToLong(rows -> rows.length).sum());
      }
      assertThat(seen)
          .as("limit %s; replay with -Dmillrace.test.seed=%s", limit, SEED)
          .isEqualTo(expected(batches, limit));
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void inletRowsArriveInOrderInEveryMode(
      String execution, int parallelism, String wait, int blockRows, int ringSlots) {
    List<Row> all = randomBatches(new Random(SEED + 1)).stream().flatMap(Arrays::stream).toList();
    List<Row> seen = new ArrayList<>();
    try (Session session =
        TestSession.open(
            "millrace.execution", execution,
            "millrace.parallelism", parallelism,
            "millrace.wait", wait,
            "millrace.blockRows", blockRows,
            "millrace.ringSlots", ringSlots)) {
      Inlet inlet = session.inlet("input", SCHEMA, InletOptions.defaults().withCapacityRows(256));
      StreamingQuery query =
          inlet
              .toDF()
              .filter("id % 3 <> 0")
              .writeStream()
              .foreachRow(row -> seen.add(row.toRow()))
              .trigger(parallelism == 2 ? Trigger.continuous("1 hour") : Trigger.DEFAULT)
              .start();
      all.forEach(row -> assertThat(inlet.append(row)).isNotNegative());
      query.processAllAvailable();
      query.stop();
    }
    assertThat(seen).isEqualTo(all.stream().filter(row -> row.getLong(0) % 3 != 0).toList());
  }
}
