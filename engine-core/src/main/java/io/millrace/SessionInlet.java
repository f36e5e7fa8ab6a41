package io.millrace;

import io.millrace.runtime.InletQueue;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import org.apache.arrow.vector.VectorSchemaRoot;

/** An inlet of a session: the queue, and the frame that reads it. */
final class SessionInlet implements Inlet {
  private final InletQueue queue;
  private final DataFrame frame;

  SessionInlet(InletQueue queue, DataFrame frame) {
    this.queue = queue;
    this.frame = frame;
  }

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public Schema schema() {
    return queue.schema();
  }

  @Override
  public InletWriter writer() {
    return queue.writer();
  }

  @Override
  public InletWriter writer(String producer) {
    return queue.writer(producer);
  }

  @Override
  public long append(Row row) {
    return queue.append(row);
  }

  @Override
  public long appendBatch(VectorSchemaRoot batch) {
    return queue.appendBatch(batch);
  }

  @Override
  public VectorSchemaRoot newBatch() {
    return queue.newBatch();
  }

  @Override
  public long safeSequence(String producer) {
    return queue.safeSequence(producer);
  }

  @Override
  public DataFrame toDF() {
    return frame;
  }

  @Override
  public void close() {
    queue.close();
  }
}
