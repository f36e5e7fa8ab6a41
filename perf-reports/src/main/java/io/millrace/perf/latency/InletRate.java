package io.millrace.perf.latency;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.Work;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.types.Schema;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * How many rows one core takes from the application to the callback: one thread appends, drives the
 * query and is called back.
 */
public final class InletRate {
  private static final int BATCH_ROWS = 4096;
  private static final int ROWS_PER_POLL = 256;
  private static final byte[][] DEVICES = Devices.names();

  /** How rows come in. */
  public enum Way {
    BATCHES(Queries.NONE),
    ROW_BY_ROW(Queries.NONE),
    ROW_BY_ROW_JOURNALED("process");

    private final String durability;

    Way(String durability) {
      this.durability = durability;
    }
  }

  public record Figures(Way way, long rows, double seconds) {
    public double rowsPerSecond() {
      return rows / seconds;
    }
  }

  private static final class Counter {
    private long rows;
  }

  private InletRate() {}

  /** Arguments: the file for the figures, a folder for checkpoints, the way, warm-up, seconds. */
  public static void main(String[] arguments) {
    Path checkpoint = Folder.fresh(Path.of(arguments[1]));
    Way way = Way.valueOf(arguments[2]);
    Counter received = new Counter();
    try (Session session = Queries.session("busy-spin", way.durability, Queries.JOURNAL);
        Inlet inlet = session.inlet("readings", Schema.parse(InletLoad.SCHEMA))) {
      StreamingQuery query =
          Queries.writer(
                  inlet.toDF(), Work.FILTER, way.durability, checkpoint, row -> received.rows++)
              .threads(Threads.CALLER)
              .start();
      try (BufferAllocator allocator = new RootAllocator();
          VectorSchemaRoot batch = batch(allocator);
          InletWriter writer = inlet.writer()) {
        Runnable appends = way == Way.BATCHES ? () -> inlet.appendBatch(batch) : () -> rows(writer);
        long rowsPerTurn = way == Way.BATCHES ? BATCH_ROWS : ROWS_PER_POLL;
        run(query, appends, Double.parseDouble(arguments[3]));
        received.rows = 0;
        long startNs = System.nanoTime();
        long turns = run(query, appends, Double.parseDouble(arguments[4]));
        double seconds = (System.nanoTime() - startNs) / 1e9;
        if (received.rows * 2 != turns * rowsPerTurn) {
          throw new IllegalStateException(
              received.rows + " of " + turns * rowsPerTurn + " rows came through, not half");
        }
        JsonFile.write(Path.of(arguments[0]), new Figures(way, turns * rowsPerTurn, seconds));
      }
      query.stop();
    }
    Folder.delete(checkpoint);
  }

  private static long run(StreamingQuery query, Runnable appends, double seconds) {
    long endNs = System.nanoTime() + (long) (seconds * 1e9);
    long turns = 0;
    while (System.nanoTime() < endNs) {
      appends.run();
      while (query.poll() > 0) {
        // until all are through
      }
      turns++;
    }
    return turns;
  }

  private static void rows(InletWriter writer) {
    for (int row = 0; row < ROWS_PER_POLL; row++) {
      byte[] device = DEVICES[row % DEVICES.length];
      writer
          .setUtf8(0, device, 0, device.length)
          .setTimestamp(1, row)
          .setDouble(2, temperature(row))
          .append();
    }
  }

  private static double temperature(int row) {
    return (row & 1) == 0 ? 1.0 : -1.0;
  }

  private static VectorSchemaRoot batch(BufferAllocator allocator) {
    VectorSchemaRoot batch =
        VectorSchemaRoot.create(Schema.parse(InletLoad.SCHEMA).toArrow(), allocator);
    VarCharVector device = (VarCharVector) batch.getVector(0);
    TimeStampMicroTZVector timestamp = (TimeStampMicroTZVector) batch.getVector(1);
    Float8Vector temperature = (Float8Vector) batch.getVector(2);
    for (int row = 0; row < BATCH_ROWS; row++) {
      device.setSafe(row, DEVICES[row % DEVICES.length]);
      timestamp.setSafe(row, row);
      temperature.setSafe(row, temperature(row));
    }
    batch.setRowCount(BATCH_ROWS);
    return batch;
  }
}
