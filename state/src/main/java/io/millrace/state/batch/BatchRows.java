package io.millrace.state.batch;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.gather.Gather;
import org.apache.arrow.memory.BufferAllocator;

/** How many rows of a block make one batch, and what they take. */
public final class BatchRows {
  /** No batch has more rows. */
  public static final int MAX_ROWS = 1 << 16;

  private BatchRows() {}

  /**
   * The end, exclusive, of a batch that starts at a row: it has at most so many bytes, or one row.
   */
  public static int end(Block block, int from, long limitBytes) {
    int rows = Math.min(MAX_ROWS, block.rowCount() - from);
    while (rows > 1 && sizeBytes(block, from, from + rows) > limitBytes) {
      rows /= 2;
    }
    return from + rows;
  }

  /** The bytes of the values of rows from..to, not compressed. */
  public static long sizeBytes(Block block, int from, int to) {
    long bytes = 0;
    for (int i = 0; i < block.columnCount(); i++) {
      ColumnVector column = block.column(i);
      bytes += (to - from) * (1L + bytesPerRow(column.type()));
      if (column.type().isVariableWidth()) {
        bytes += column.offset(to) - column.offset(from);
      }
    }
    return bytes;
  }

  private static int bytesPerRow(DataType type) {
    return type.isVariableWidth() ? Integer.BYTES : Math.max(1, ColumnVector.width(type));
  }

  /** A block of its own with rows from..to; the caller closes it. */
  public static Block copy(BufferAllocator allocator, Block block, int from, int to) {
    Schema schema = block.schema();
    Block copy = Block.allocate(allocator, schema, to - from);
    try {
      for (int i = 0; i < schema.size(); i++) {
        Gather.range(block.column(i), from, to, copy.column(i), 0);
      }
      copy.rowCount(to - from);
      return copy;
    } catch (RuntimeException | Error e) {
      copy.close();
      throw e;
    }
  }
}
