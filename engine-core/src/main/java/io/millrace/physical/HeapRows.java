package io.millrace.physical;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.RowSelection;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of bounded inputs between blocks and the heap, for operators that must see all rows before
 * the first comes out.
 */
final class HeapRows implements AutoCloseable {
  private final Block output;
  private final Stage next;
  private final RowSelection all = new RowSelection();

  HeapRows(BufferAllocator allocator, Schema schema, int rowCapacity, Stage next) {
    this.output = Block.allocate(allocator, schema, rowCapacity);
    this.next = next;
  }

  /** Shows the selected rows of a block, in order. */
  static void forEach(Block block, RowSelection rows, Consumer<Row> consumer) {
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.mask() == RowSelection.ALL || Bitmap.get(rows.mask(), row)) {
        consumer.accept(BlockReader.row(block, row));
      }
    }
  }

  /** Sends rows on, block by block, and then the end of the batch. */
  void emit(Iterable<Row> rows, long watermarkUs) {
    output.clear();
    for (Row row : rows) {
      if (!BlockAppender.append(output, row)) {
        flush();
        BlockAppender.append(output, row);
      }
    }
    flush();
    next.endOfBatch(watermarkUs);
  }

  private void flush() {
    if (output.rowCount() > 0) {
      next.process(output, all.set(0, output.rowCount(), RowSelection.ALL));
      output.clear();
    }
  }

  @Override
  public void close() {
    output.close();
  }
}
