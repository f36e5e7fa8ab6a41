package io.millrace.benchmarks.query;

import static io.millrace.Functions.col;

import io.millrace.DataStreamWriter;
import io.millrace.Inlet;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.benchmarks.RowBenchmark;
import io.millrace.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Rows of a 12-byte string, a timestamp and a double that the application's own thread appends to
 * an inlet, and a query that it drives: a filter that 5 % pass into a callback.
 */
public abstract class InletBenchmark extends RowBenchmark {
  static final Schema SCHEMA = Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE");
  private static final long SEED = 5;
  private static final double LIMIT = 100;

  final byte[][] devices;
  final double[] temperatures;
  long alerts;
  double lastAlert;
  private final long above;

  /**
   * @param rows per invocation
   */
  InletBenchmark(int rows) {
    devices = new byte[rows][];
    temperatures = new double[rows];
    SplittableRandom random = new SplittableRandom(SEED);
    long hotRows = 0;
    for (int i = 0; i < rows; i++) {
      devices[i] = "device-%05d".formatted(random.nextInt(10_000)).getBytes(StandardCharsets.UTF_8);
      boolean hot = random.nextInt(100) < 5;
      temperatures[i] = random.nextInt(200, 1000) / 10.0 + (hot ? 100 : 0);
      hotRows += temperatures[i] > LIMIT ? 1 : 0;
    }
    above = hotRows;
  }

  /** The query, not started. */
  final DataStreamWriter query(Inlet inlet) {
    return inlet
        .toDF()
        .filter(col("temperature").gt(LIMIT))
        .writeStream()
        .foreachRow(
            row -> {
              alerts++;
              lastAlert = row.getDouble(2);
            })
        .trigger(Trigger.continuous("1 second"))
        .threads(Threads.CALLER);
  }

  @Override
  protected final void check() {
    requireEqual("alerts", above, alerts);
  }
}
