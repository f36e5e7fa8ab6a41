package io.millrace.runtime;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What was added to a memory stream, kept for as long as the session, so that every query can
 * replay it.
 */
public final class MemoryBatches implements RowListSource.Batches {
  private final Schema schema;
  private final BufferAllocator allocator;
  private final List<List<Row>> batches = new ArrayList<>();
  private boolean closed;

  public MemoryBatches(Schema schema, BufferAllocator allocator) {
    this.schema = schema;
    this.allocator = allocator;
  }

  public Schema schema() {
    return schema;
  }

  /**
   * Adds one batch, unless the stream is closed.
   *
   * @throws io.millrace.types.MillraceException with code DATA if a value does not fit its column
   */
  public void add(List<Row> rows) {
    try (Block probe = Block.allocate(allocator, schema, rows.size())) {
      for (Row row : rows) {
        if (!BlockAppender.append(probe, row)) {
          throw new IllegalStateException("assertion: the block was made for these rows");
        }
      }
    }
    synchronized (this) {
      if (!closed) {
        batches.add(List.copyOf(rows));
      }
    }
  }

  public synchronized void close() {
    closed = true;
  }

  @Override
  public synchronized boolean ended() {
    return closed;
  }

  @Override
  public synchronized int count() {
    return batches.size();
  }

  @Override
  public synchronized List<Row> get(int index) {
    return batches.get(index);
  }
}
