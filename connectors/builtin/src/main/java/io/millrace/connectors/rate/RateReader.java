package io.millrace.connectors.rate;

import io.millrace.spi.Chunk;
import io.millrace.spi.RangeReader;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/** Writes a range's values and timestamps straight into columns. */
final class RateReader implements RangeReader {
  private final int[] columns;
  private final Timestamps timestamps;
  private final long end;
  private long next;

  /**
   * @param columns which column of {@link RateSchema} each of the block's is
   */
  RateReader(int[] columns, ValueRange range, Timestamps timestamps) {
    this.columns = columns;
    this.timestamps = timestamps;
    this.next = range.from();
    this.end = range.to();
  }

  @Override
  public boolean read(Chunk chunk) {
    Block block = chunk.block();
    block.clear();
    int count = (int) Math.min(block.rowCapacity(), end - next);
    if (count == 0) {
      return false;
    }
    for (int i = 0; i < columns.length; i++) {
      ColumnVector column = block.column(i);
      column.setAllValid(count);
      if (columns[i] == RateSchema.TIMESTAMP) {
        timestamps.write(next, count, column.data());
      } else {
        writeValues(next, count, column.data());
      }
    }
    block.rowCount(count);
    next += count;
    return true;
  }

  private static void writeValues(long first, int count, long address) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(address + (long) Long.BYTES * i, first + i);
    }
  }

  @Override
  public void close() {}
}
