package io.millrace;

import io.millrace.runtime.MemoryBatches;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.List;

/** A memory stream of a session: the batches, and the frame that reads them. */
final class SessionMemoryStream implements MemoryStream {
  private final MemoryBatches batches;
  private final DataFrame frame;

  SessionMemoryStream(MemoryBatches batches, DataFrame frame) {
    this.batches = batches;
    this.frame = frame;
  }

  @Override
  public Schema schema() {
    return batches.schema();
  }

  @Override
  public void addData(Row... rows) {
    batches.add(List.of(rows));
  }

  @Override
  public DataFrame toDF() {
    return frame;
  }

  @Override
  public void close() {
    batches.close();
  }
}
