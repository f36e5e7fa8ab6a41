package io.millrace.state.table;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import org.apache.arrow.memory.BufferAllocator;

/** Saved rows of records, collected into blocks for whoever wants to see them. */
final class SavedRows implements AutoCloseable {
  /** Rows of one block, so that handing one over takes microseconds. */
  private static final int BLOCK_ROWS = 512;

  private final Saver saver;
  private final Block rows;
  private BlockVisitor visitor;

  /** Copies records into a block's rows from {@code at} on. */
  interface Saver {
    void save(long records, int count, Block into, int at);
  }

  SavedRows(BufferAllocator allocator, Schema schema, int rowCapacity, Saver saver) {
    this.saver = saver;
    this.rows = Block.allocate(allocator, schema, Math.min(BLOCK_ROWS, rowCapacity));
  }

  /**
   * @param into is shown the rows until {@link #end}
   */
  void begin(BlockVisitor into) {
    assert visitor == null : "one epoch's changes at a time";
    visitor = into;
  }

  /**
   * @param records where the addresses of the records stand
   */
  void add(long records, int count) {
    for (int from = 0; from < count; ) {
      int at = rows.rowCount();
      int part = Math.min(count - from, rows.rowCapacity() - at);
      saver.save(records + 8L * from, part, rows, at);
      rows.rowCount(at + part);
      from += part;
      if (rows.rowCount() == rows.rowCapacity()) {
        show();
      }
    }
  }

  private void show() {
    if (rows.rowCount() > 0) {
      visitor.block(rows);
      rows.clear();
    }
  }

  /** Shows what is left. */
  void end() {
    if (visitor != null) {
      show();
    }
    visitor = null;
  }

  long memoryBytes() {
    return rows.memoryBytes();
  }

  @Override
  public void close() {
    rows.close();
  }
}
