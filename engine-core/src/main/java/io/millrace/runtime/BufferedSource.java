package io.millrace.runtime;

import io.millrace.InletOptions;
import io.millrace.spi.LiveBuffer;
import io.millrace.spi.LiveInput;
import io.millrace.spi.LiveSource;
import io.millrace.spi.LiveWriter;
import io.millrace.spi.RowBatch;
import io.millrace.types.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a connector's threads bring, on its way to the one query that reads it: an inlet of its own
 * for the rows, and one for what became no row.
 */
final class BufferedSource implements LiveSource, LiveBuffer {
  private static final int REJECTS = 64;

  private final LiveInput input;
  private final InletQueue rows;
  private final InletQueue rejects;
  private final InletSource rowReader;
  private final InletSource rejectReader;
  private volatile RuntimeException failure;

  /**
   * @param name of the source
   * @param input owned from now on
   * @param schema of the columns that are read
   * @param capacityRows of a writer's that may wait
   */
  BufferedSource(
      String name, LiveInput input, Schema schema, int capacityRows, BufferAllocator allocator) {
    this.input = input;
    InletOptions options = InletOptions.defaults();
    rows = new InletQueue(name, schema, options.withCapacityRows(capacityRows), allocator);
    rejects =
        new InletQueue(
            name + " rejects", RejectRecorder.SCHEMA, options.withCapacityRows(REJECTS), allocator);
    rowReader = new InletSource(rows, all(schema), Optional.empty(), null);
    rejectReader = new InletSource(rejects, all(RejectRecorder.SCHEMA), Optional.empty(), null);
  }

  private static int[] all(Schema schema) {
    return IntStream.range(0, schema.size()).toArray();
  }

  @Override
  public LiveWriter newWriter() {
    return new BufferWriter(rows.newWriter(null, 0), rejects.newWriter(null, 0));
  }

  @Override
  public void end() {
    rejects.close();
    rows.close();
  }

  @Override
  public void fail(RuntimeException cause) {
    failure = cause;
    rows.wake();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void start() {
    input.start(this);
  }

  @Override
  public boolean poll(RowBatch into, long maxRows) {
    throwFailure();
    return rowReader.poll(into, maxRows);
  }

  @Override
  public boolean pollRejects(RowBatch into) {
    throwFailure();
    return rejectReader.poll(into, Long.MAX_VALUE);
  }

  @Override
  public boolean hasRejects() {
    return rejectReader.hasArrived();
  }

  @Override
  public long waiting() {
    throwFailure();
    return rowReader.waiting();
  }

  @Override
  public boolean isFull() {
    return rowReader.isFull() || rejectReader.isFull();
  }

  /** Also when the input has failed: the poll that follows says so. */
  @Override
  public boolean hasArrived() {
    return failure != null || rowReader.hasArrived() || rejectReader.hasArrived();
  }

  @Override
  public void onArrival(Runnable wakeUp) {
    rowReader.onArrival(wakeUp);
    rejectReader.onArrival(wakeUp);
  }

  @Override
  public String description() {
    return input.description();
  }

  @Override
  public Map<String, Long> metrics() {
    Map<String, Long> metrics = new HashMap<>(rowReader.metrics());
    metrics.putAll(input.metrics());
    return metrics;
  }

  @Override
  public void fixEnd() {
    input.fixEnd();
  }

  @Override
  public boolean ended() {
    return rowReader.ended();
  }

  /** Ends the lanes first: the input's threads may wait for room in them. */
  @Override
  public void close() {
    end();
    input.close();
    rowReader.close();
    rejectReader.close();
    rows.free();
    rejects.free();
  }
}
