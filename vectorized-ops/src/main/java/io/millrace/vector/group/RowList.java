package io.millrace.vector.group;

import io.millrace.vector.bitmap.Positions;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The numbers of up to {@link #CAPACITY} rows, ascending, so that one loop serves all rows and
 * chosen ones alike: row {@code i} is {@code base + at(address, i)}, where the compiler makes two
 * loops of the one.
 */
public final class RowList implements AutoCloseable {
  /** Rows at a time: few enough that what one loop has read is near when the next needs it. */
  public static final int CAPACITY = 1024;

  private static final long EVERY = 0;

  /** What a list holds off-heap. */
  public static final int MEMORY_BYTES = 4 * CAPACITY;

  private final ByteBlock memory;
  private final long chosen;
  private int from;
  private int to;
  private long address;
  private int base;
  private int count;

  public RowList(BufferAllocator allocator) {
    memory = new ByteBlock(allocator, MEMORY_BYTES);
    chosen = memory.address();
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
      address = EVERY;
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

  /** For {@link #at}. */
  public long address() {
    return address;
  }

  public int base() {
    return base;
  }

  public int count() {
    return count;
  }

  /** The i-th of the numbers at a list's address, to which its base is added. */
  public static int at(long address, int i) {
    return address == EVERY ? i : Memory.getInt(address + 4L * i);
  }

  public int row(int i) {
    return base + at(address, i);
  }

  @Override
  public void close() {
    memory.close();
  }
}
