package io.millrace.vector.text;

import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Characters, that is code points, in UTF-8 bytes. A character begins at every byte that is not a
 * continuation byte; that is all these methods rely on, so malformed text cannot lead them outside.
 */
final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  static boolean isAscii(long address, int length) {
    if (length < 8) {
      int bits = 0;
      for (int i = 0; i < length; i++) {
        bits |= Memory.getByte(address + i);
      }
      return bits >= 0;
    }
    int lastWord = length - 8;
    long bits = Memory.getLong(address + lastWord);
    for (int i = 0; i < lastWord; i += 8) {
      bits |= Memory.getLong(address + i);
    }
    return (bits & HIGH_BITS) == 0;
  }

  static int characterCount(long address, int length) {
    int count = 0;
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      count += starts(Memory.getLong(address + at));
    }
    for (; at < length; at++) {
      count += isStart(Memory.getByte(address + at)) ? 1 : 0;
    }
    return count;
  }

  /**
   * The position behind that many characters, counted from the beginning of one at {@code from};
   * {@code length} when there are not so many.
   */
  static int skip(long address, int from, int length, int characters) {
    int left = characters;
    int at = from;
    while (at + 8 <= length) {
      int starts = starts(Memory.getLong(address + at));
      if (starts > left) {
        break;
      }
      left -= starts;
      at += 8;
    }
    for (; at < length; at++) {
      if (isStart(Memory.getByte(address + at)) && left-- == 0) {
        break;
      }
    }
    return at;
  }

  /** The position of the character before position {@code at}, which is greater than 0. */
  static int previous(long address, int at) {
    int start = at - 1;
    while (start > 0 && !isStart(Memory.getByte(address + start))) {
      start--;
    }
    return start;
  }

  static boolean isStart(byte value) {
    return (value & 0xC0) != 0x80;
  }

  /** How many characters begin in eight bytes. */
  private static int starts(long word) {
    return 8 - Long.bitCount(word & ~word << 1 & HIGH_BITS);
  }

  /** As a Java string; allocates. */
  static String decode(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copy(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
