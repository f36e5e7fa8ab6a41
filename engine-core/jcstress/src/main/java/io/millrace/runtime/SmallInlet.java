package io.millrace.runtime;

import io.millrace.InletOptions;
import io.millrace.InletWriter;
import io.millrace.spi.RowBatch;
import io.millrace.types.Schema;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** An inlet of two blocks of 64 rows, one writer and one reader. The value of a row is its number. */
final class SmallInlet {
  static final int BLOCK_ROWS = 64;

  private static final Schema SCHEMA = Schema.parse("id BIGINT");
  private static final BufferAllocator MEMORY = new RootAllocator();

  final InletQueue queue =
      new InletQueue(
          "s", SCHEMA, new InletOptions(2 * BLOCK_ROWS, InletOptions.WhenFull.RETURN_FULL), MEMORY);
  final InletSource source;
  final InletWriter writer = queue.writer();
  private final RowBatch batch = new RowBatch();
  private long next;
  private long read;

  SmallInlet() {
    source = new InletSource(queue, new int[] {0}, java.util.Optional.empty(), null);
  }

  long append() {
    long sequence = writer.setLong(0, next).append();
    next += sequence >= 0 ? 1 : 0;
    return sequence;
  }

  /** Polls once; returns how many rows came, or -1 if one of them is not the next in order. */
  int poll() {
    return poll(Long.MAX_VALUE);
  }

  int poll(long maxRows) {
    if (!source.poll(batch, maxRows)) {
      return 0;
    }
    ColumnVector column = batch.block().column(0);
    for (int row = batch.from(); row < batch.to(); row++) {
      if (column.isNull(row) || Memory.getLong(column.data() + 8L * row) != read++) {
        return -1;
      }
    }
    return batch.size();
  }

  void close() {
    source.close();
    queue.free();
  }
}
