package io.millrace.benchmarks.query;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** What one core takes through an inlet. */
public class InletThroughput extends InletBenchmark {
  private static final int ROWS = 4096;
  private static final int NAME_BYTES = 12;

  /**
   * Row by row; batches that are copied; batches from {@code newBatch} that move, filled in the
   * measured time by copying whole columns.
   */
  @Param({"rows", "copied", "moved"})
  public String by;

  /** Whether the query has a checkpoint, durability {@code process}, so that input is journaled. */
  @Param({"false", "true"})
  public boolean journaled;

  private Path folder;
  private Session session;
  private Inlet inlet;
  private InletWriter writer;
  private VectorSchemaRoot filled;
  private StreamingQuery query;

  public InletThroughput() {
    super(ROWS);
  }

  @Override
  protected void prepare(BufferAllocator memory) {
    session = Session.builder().config("millrace.durability", "process").create();
    inlet = session.inlet("readings", SCHEMA);
    query = start();
    writer = inlet.writer("sender");
    filled = VectorSchemaRoot.create(inlet.schema().toArrow(), memory);
    filled.allocateNew();
    for (int i = 0; i < ROWS; i++) {
      ((VarCharVector) filled.getVector(0)).setSafe(i, devices[i]);
      ((TimeStampMicroTZVector) filled.getVector(1)).setSafe(i, i);
      ((Float8Vector) filled.getVector(2)).setSafe(i, temperatures[i]);
    }
    filled.setRowCount(ROWS);
  }

  private StreamingQuery start() {
    if (!journaled) {
      return query(inlet).start();
    }
    try {
      folder = Files.createTempDirectory("inlet");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return query(inlet).option("checkpointLocation", folder.resolve("checkpoint")).start();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double appendAndPoll() {
    alerts = 0;
    switch (by) {
      case "rows" -> appendRows();
      case "copied" -> inlet.appendBatch(filled);
      case "moved" -> appendMoved();
      default -> throw new IllegalArgumentException(by);
    }
    for (int polled = 0; polled < ROWS; ) {
      polled += query.poll();
    }
    return lastAlert;
  }

  private void appendRows() {
    for (int row = 0; row < ROWS; row++) {
      writer
          .setUtf8(0, devices[row], 0, NAME_BYTES)
          .setTimestamp(1, row)
          .setDouble(2, temperatures[row])
          .append();
    }
  }

  private void appendMoved() {
    VectorSchemaRoot batch = inlet.newBatch();
    VarCharVector names = (VarCharVector) batch.getVector(0);
    names.allocateNew((long) ROWS * NAME_BYTES, ROWS);
    copy(0, batch);
    for (int i = 1; i < 3; i++) {
      ((BaseFixedWidthVector) batch.getVector(i)).allocateNew(ROWS);
      copy(i, batch);
    }
    names.setLastSet(ROWS - 1);
    batch.setRowCount(ROWS);
    inlet.appendBatch(batch);
  }

  private void copy(int column, VectorSchemaRoot batch) {
    List<ArrowBuf> from = filled.getVector(column).getFieldBuffers();
    List<ArrowBuf> to = buffers(batch, column);
    for (int i = 0; i < from.size(); i++) {
      long bytes = Math.min(from.get(i).readableBytes(), to.get(i).capacity());
      to.get(i).setBytes(0, from.get(i), 0, bytes);
    }
  }

  /** Validity, offsets if there are any, data: as {@code getFieldBuffers} of a filled vector. */
  private static List<ArrowBuf> buffers(VectorSchemaRoot batch, int column) {
    var vector = batch.getVector(column);
    return column == 0
        ? List.of(vector.getValidityBuffer(), vector.getOffsetBuffer(), vector.getDataBuffer())
        : List.of(vector.getValidityBuffer(), vector.getDataBuffer());
  }

  @Override
  protected void release() {
    writer.close();
    filled.close();
    inlet.close();
    query.stop();
    session.close();
    if (folder != null) {
      delete();
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
