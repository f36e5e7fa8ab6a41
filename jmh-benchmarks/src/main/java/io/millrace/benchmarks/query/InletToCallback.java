package io.millrace.benchmarks.query;

import static io.millrace.Functions.col;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.benchmarks.RowBenchmark;
import io.millrace.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * A query that the application's own thread drives: rows appended to an inlet, then polled through
 * a filter into a callback. 5 % of the rows get there.
 */
public class InletToCallback extends RowBenchmark {
  private static final int ROWS = 1024;
  private static final long SEED = 5;
  private static final double LIMIT = 100;

  /** Rows appended between two polls. */
  @Param({"1", "1024"})
  public int batchRows;

  private final byte[][] devices = new byte[ROWS][];
  private final double[] temperatures = new double[ROWS];
  private long above;
  private Session session;
  private Inlet inlet;
  private InletWriter writer;
  private StreamingQuery query;
  private long alerts;
  private double lastAlert;

  @Override
  protected void prepare(BufferAllocator memory) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ROWS; i++) {
      devices[i] = ("device-" + random.nextInt(10_000)).getBytes(StandardCharsets.UTF_8);
      boolean hot = random.nextInt(100) < 5;
      temperatures[i] = random.nextInt(200, 1000) / 10.0 + (hot ? 100 : 0);
      above += temperatures[i] > LIMIT ? 1 : 0;
    }
    session = Session.open();
    inlet =
        session.inlet(
            "readings", Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE"));
    query =
        inlet
            .toDF()
            .filter(col("temperature").gt(LIMIT))
            .writeStream()
            .foreachRow(
                row -> {
                  alerts++;
                  lastAlert = row.getDouble(2);
                })
            .trigger(Trigger.continuous("1 second"))
            .threads(Threads.CALLER)
            .start();
    writer = inlet.writer();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double appendAndPoll() {
    alerts = 0;
    for (int from = 0; from < ROWS; from += batchRows) {
      for (int row = from; row < from + batchRows; row++) {
        writer
            .setUtf8(0, devices[row], 0, devices[row].length)
            .setTimestamp(1, row)
            .setDouble(2, temperatures[row])
            .append();
      }
      int polled = 0;
      while (polled < batchRows) {
        polled += query.poll();
      }
    }
    return lastAlert;
  }

  @Override
  protected void check() {
    requireEqual("alerts", above, alerts);
  }

  @Override
  protected void release() {
    writer.close();
    inlet.close();
    query.stop();
    session.close();
  }
}
