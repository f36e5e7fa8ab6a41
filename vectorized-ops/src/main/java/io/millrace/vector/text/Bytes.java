package io.millrace.vector.text;

import io.millrace.vector.column.Memory;

/** Compares and searches bytes by absolute address, eight at a time, never past their end. */
final class Bytes {
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Bytes() {}

  static boolean equal(long left, long right, int length) {
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        if (Memory.getByte(left + i) != Memory.getByte(right + i)) {
          return false;
        }
      }
      return true;
    }
    int lastWord = length - 8;
    for (int i = 0; i < lastWord; i += 8) {
      if (Memory.getLong(left + i) != Memory.getLong(right + i)) {
        return false;
      }
    }
    return Memory.getLong(left + lastWord) == Memory.getLong(right + lastWord);
  }

  static boolean startsWith(long text, int length, long prefix, int prefixLength) {
    return length >= prefixLength && equal(text, prefix, prefixLength);
  }

  static boolean endsWith(long text, int length, long suffix, int suffixLength) {
    return length >= suffixLength && equal(text + length - suffixLength, suffix, suffixLength);
  }

  /**
   * Where a sequence of bytes stands first, looking from byte {@code from}; -1 when nowhere. An
   * empty one stands everywhere.
   */
  static int indexOf(long text, int length, long needle, int needleLength, int from) {
    int last = length - needleLength;
    if (needleLength == 0) {
      return from <= last ? from : -1;
    }
    byte first = Memory.getByte(needle);
    long repeated = (first & 0xFFL) * LOW_BITS;
    int at = from;
    while (at <= last) {
      if (at + 8 <= length) {
        long difference = Memory.getLong(text + at) ^ repeated;
        long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
        if (zeros == 0) {
          at += 8;
          continue;
        }
        at += Long.numberOfTrailingZeros(zeros) >> 3;
        if (at > last) {
          return -1;
        }
      } else if (Memory.getByte(text + at) != first) {
        at++;
        continue;
      }
      if (equal(text + at, needle, needleLength)) {
        return at;
      }
      at++;
    }
    return -1;
  }
}
