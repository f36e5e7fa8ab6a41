package io.millrace.vector.bitmap;

import io.millrace.vector.column.Memory;

/**
 * Bitmaps as addresses; nulls mean nothing here. Every method works on whole words from {@code from
 * & ~63}; what it writes outside from..to is undefined. Results may lie where an argument lies.
 */
public final class Bitmap {
  private Bitmap() {}

  /** The bits of the word that begins at {@code row} which lie in from..to. */
  public static long within(int row, int from, int to) {
    long bits = -1L;
    if (from > row) {
      bits <<= from - row;
    }
    if (to - row < 64) {
      bits &= -1L >>> 64 - (to - row);
    }
    return bits;
  }

  /** A row's bit. */
  public static boolean get(long bitmap, int row) {
    return (Memory.getByte(bitmap + (row >> 3)) >> (row & 7) & 1) == 1;
  }

  /** Sets or clears one row's bit and leaves its neighbours alone. */
  public static void set(long bitmap, int row, boolean value) {
    long address = bitmap + (row >> 3);
    int bit = 1 << (row & 7);
    byte old = Memory.getByte(address);
    Memory.putByte(address, (byte) (value ? old | bit : old & ~bit));
  }

  public static void and(long left, long right, long result, int from, int to) {
    for (long at = first(from); at < end(to); at += 8) {
      Memory.putLong(result + at, Memory.getLong(left + at) & Memory.getLong(right + at));
    }
  }

  public static void or(long left, long right, long result, int from, int to) {
    for (long at = first(from); at < end(to); at += 8) {
      Memory.putLong(result + at, Memory.getLong(left + at) | Memory.getLong(right + at));
    }
  }

  /** Left and not right. */
  public static void andNot(long left, long right, long result, int from, int to) {
    for (long at = first(from); at < end(to); at += 8) {
      Memory.putLong(result + at, Memory.getLong(left + at) & ~Memory.getLong(right + at));
    }
  }

  public static void not(long bitmap, long result, int from, int to) {
    for (long at = first(from); at < end(to); at += 8) {
      Memory.putLong(result + at, ~Memory.getLong(bitmap + at));
    }
  }

  public static void copy(long bitmap, long result, int from, int to) {
    long first = first(from);
    if (first < end(to)) {
      Memory.copy(bitmap + first, result + first, end(to) - first);
    }
  }

  public static void fill(long bitmap, boolean value, int from, int to) {
    long first = first(from);
    if (first < end(to)) {
      Memory.fill(bitmap + first, end(to) - first, (byte) (value ? -1 : 0));
    }
  }

  /** How many bits of from..to are set. */
  public static int count(long bitmap, int from, int to) {
    int count = 0;
    for (int row = from & ~63; row < to; row += 64) {
      count += Long.bitCount(Memory.getLong(bitmap + (row >> 3)) & within(row, from, to));
    }
    return count;
  }

  public static boolean isAllSet(long bitmap, int from, int to) {
    for (int row = from & ~63; row < to; row += 64) {
      if ((~Memory.getLong(bitmap + (row >> 3)) & within(row, from, to)) != 0) {
        return false;
      }
    }
    return true;
  }

  public static boolean isNoneSet(long bitmap, int from, int to) {
    for (int row = from & ~63; row < to; row += 64) {
      if ((Memory.getLong(bitmap + (row >> 3)) & within(row, from, to)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first set bit of from..to, or -1. */
  public static int next(long bitmap, int from, int to) {
    for (int row = from & ~63; row < to; row += 64) {
      long bits = Memory.getLong(bitmap + (row >> 3)) & within(row, from, to);
      if (bits != 0) {
        return row + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /** The first clear bit of from..to, or {@code to}. */
  public static int nextClear(long bitmap, int from, int to) {
    for (int row = from & ~63; row < to; row += 64) {
      long bits = ~Memory.getLong(bitmap + (row >> 3)) & within(row, from, to);
      if (bits != 0) {
        return row + Long.numberOfTrailingZeros(bits);
      }
    }
    return to;
  }

  /** Sets {@code count} bits from {@code at} on and leaves those before it alone. */
  public static void setBits(long bitmap, int at, int count) {
    for (int row = at & ~63; row < at + count; row += 64) {
      long address = bitmap + (row >> 3);
      Memory.putLong(address, Memory.getLong(address) | within(row, at, at + count));
    }
  }

  /**
   * Copies {@code count} bits to any other place; bits of the target before {@code at} stay, those
   * behind the last in its word are undefined.
   */
  public static void copyBits(long source, int from, long target, int at, int count) {
    int done = 0;
    while (done < count) {
      int row = at + done;
      int shift = row & 63;
      int size = Math.min(64 - shift, count - done);
      long address = target + first(row);
      long below = shift == 0 ? 0 : Memory.getLong(address) & -1L >>> 64 - shift;
      Memory.putLong(address, below | load(source, from + done, size) << shift);
      done += size;
    }
  }

  /** Up to 64 bits from any row on; those behind {@code size} are undefined. */
  private static long load(long bitmap, int row, int size) {
    long address = bitmap + first(row);
    int shift = row & 63;
    long bits = Memory.getLong(address) >>> shift;
    return shift + size > 64 ? bits | Memory.getLong(address + 8) << 64 - shift : bits;
  }

  /** Offset in bytes of the word that holds a row's bit. */
  public static long first(int from) {
    return (from >> 6) * 8L;
  }

  /** Offset in bytes behind the last word that holds a row before {@code to}. */
  public static long end(int to) {
    return (to + 63L >> 6) * 8L;
  }
}
