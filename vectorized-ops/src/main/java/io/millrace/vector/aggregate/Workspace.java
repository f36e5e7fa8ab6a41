package io.millrace.vector.aggregate;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.RowList;
import io.millrace.vector.group.Words;
import org.apache.arrow.memory.BufferAllocator;

/** What all aggregates of an operator work with, one after the other, for a stretch of rows. */
final class Workspace implements AutoCloseable {
  private final ByteBlock memory;
  private final RowList rows;
  private long mask;

  Workspace(BufferAllocator allocator) {
    memory = new ByteBlock(allocator, 8 * RowList.CAPACITY + RowList.CAPACITY / 8);
    try {
      rows = new RowList(allocator);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** The rows that were chosen last. */
  RowList rows() {
    return rows;
  }

  /** Begins to choose among the rows that a mask has, or {@link RowSelection#ALL}. */
  void begin(long selected) {
    mask = selected;
  }

  /** Leaves out the rows in which a column is null; from..to fits one {@link RowList}. */
  void skipNulls(ColumnVector column, int from, int to) {
    if (column.mayHaveNulls()) {
      and(column.validity(), from, to);
    }
  }

  /** Leaves out the rows in which a BOOLEAN column is not true. */
  void keepTrue(ColumnVector column, int from, int to) {
    skipNulls(column, from, to);
    and(column.data(), from, to);
  }

  private void and(long bitmap, int from, int to) {
    long bits = memory.address() + 8 * RowList.CAPACITY - ((from & -RowList.CAPACITY) >> 3);
    if (mask == RowSelection.ALL) {
      Bitmap.copy(bitmap, bits, from, to);
    } else {
      Bitmap.and(mask, bitmap, bits, from, to);
    }
    mask = bits;
  }

  /** Lists the rows that are left. */
  RowList list(int from, int to) {
    rows.set(from, to, mask);
    return rows;
  }

  /** See {@link Words#of}; good until it is called again. */
  long words(ColumnVector column, RowList listed) {
    return Words.of(column, listed.from(), listed.to(), memory.address());
  }

  /** See {@link Words#doubles}; good until it is called again. */
  long doubles(ColumnVector column, RowList listed) {
    return Words.doubles(column, listed.from(), listed.to(), memory.address());
  }

  long memoryBytes() {
    return (long) memory.capacity() + RowList.MEMORY_BYTES;
  }

  @Override
  public void close() {
    rows.close();
    memory.close();
  }
}
