package io.millrace.vector.text;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;

/** Finds where lines end, eight bytes at a time. */
public final class Newlines {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOP_BITS = 0x80 * ONES;

  private Newlines() {}

  /**
   * The first newline of a part of a buffer, or {@code to} if there is none.
   *
   * @param address of the buffer, of which {@link ByteBlock#PADDING} bytes behind {@code to} can be
   *     read
   * @param from offset of the part's first byte
   * @param to offset behind its last byte
   */
  public static int first(long address, int from, int to) {
    for (int i = from; i < to; i += Long.BYTES) {
      long newlines = matches(Memory.getLong(address + i));
      if (newlines != 0) {
        return Math.min(to, i + (Long.numberOfTrailingZeros(newlines) >>> 3));
      }
    }
    return to;
  }

  /** The last newline of a part of a buffer, or {@code from - 1} if there is none. */
  public static int last(long address, int from, int to) {
    int i = to;
    while (i - from >= Long.BYTES && matches(Memory.getLong(address + i - Long.BYTES)) == 0) {
      i -= Long.BYTES;
    }
    do {
      i--;
    } while (i >= from && Memory.getByte(address + i) != '\n');
    return i;
  }

  /** The top bit of each newline's byte; those above the lowest one may be wrong. */
  private static long matches(long word) {
    long newline = word ^ '\n' * ONES;
    return newline - ONES & ~newline & TOP_BITS;
  }
}
