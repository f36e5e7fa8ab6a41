package io.millrace.vector.group;

import io.millrace.vector.bitmap.Positions;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The numbers of up to {@link #CAPACITY} rows, ascending, so that one loop serves all rows and
 * chosen ones alike: row {@code i} is {@code base + the 32-bit number at address + 4 i}.
 */
public final class RowList implements AutoCloseable {
  /** Rows at a time: few enough that what one loop has read is near when the next needs it. */
  public static final int CAPACITY = 1024;

  /** What a list holds off-heap. */
  public static final int MEMORY_BYTES = 2 * 4 * CAPACITY;

  private final ByteBlock memory;
  private final long counting;
  private final long chosen;
  private int from;
  private int to;
  private long address;
  private int base;
  private int count;

  public RowList(BufferAllocator allocator) {
    memory = new ByteBlock(allocator, MEMORY_BYTES);
    counting = memory.address();
    chosen = counting + 4 * CAPACITY;
    for (int i = 0; i < CAPACITY; i++) {
      Memory.putInt(counting + 4L * i, i);
    }
  }

  /** The end (exclusive) of the stretch that a list takes which begins at a row. */
  public static int end(int from, int to) {
    return (int) Math.min(to, (from & -CAPACITY) + (long) CAPACITY);
  }

  /** Lists the rows of from..to that a mask has, {@link RowSelection#ALL} being every row. */
  public void set(int from, int to, long mask) {
    this.from = from;
    this.to = to;
    if (mask == RowSelection.ALL) {
      address = counting;
      base = from;
      count = to - from;
    } else {
      address = chosen;
      base = 0;
      count = Positions.of(mask, from, to, chosen);
    }
  }

  /** The first row that may be listed. */
  public int from() {
    return from;
  }

  /** The end (exclusive) of the rows that may be listed. */
  public int to() {
    return to;
  }

  /** Address of 32-bit numbers, to which {@link #base} is added. */
  public long address() {
    return address;
  }

  public int base() {
    return base;
  }

  public int count() {
    return count;
  }

  public int row(int i) {
    return base + Memory.getInt(address + 4L * i);
  }

  @Override
  public void close() {
    memory.close();
  }
}
