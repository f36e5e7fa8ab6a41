package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/** String text between quotes, written with the shortest escapes. */
final class JsonText {
  private static final int LONGEST_ESCAPE = 6;
  private static final int SHORT_TEXT = 256;
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** At least as many bytes as the text takes, escaped, or as Base64. */
  static long bound(long address, int length) {
    if (length <= SHORT_TEXT) {
      return (long) LONGEST_ESCAPE * length;
    }
    long specials = 0;
    for (int i = 0; i < length; i++) {
      byte c = Memory.getByte(address + i);
      if (c >= 0 && c < ' ' || c == '"' || c == '\\') {
        specials++;
      }
    }
    return Math.max(length + (LONGEST_ESCAPE - 1) * specials, (length + 2L) / 3 * 4);
  }

  /** Writes the text; returns the end. Seven bytes behind the end may be scribbled on. */
  static long escape(long address, int length, long target) {
    long end = address + length;
    long at = address;
    long out = target;
    while (at < end) {
      if (end - at >= Long.BYTES) {
        long word = Memory.getLong(at);
        long special = Words.special(word);
        Memory.putLong(out, word);
        int plain = special == 0 ? Long.BYTES : Words.first(special);
        at += plain;
        out += plain;
        if (special == 0) {
          continue;
        }
      }
      out = escape(Memory.getByte(at++), out);
    }
    return out;
  }

  private static long escape(byte c, long out) {
    byte kind =
        switch (c) {
          case '"', '\\' -> c;
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (kind != 0) {
      Memory.putByte(out, (byte) '\\');
      Memory.putByte(out + 1, kind);
      return out + 2;
    } else if (c < 0 || c >= ' ') {
      Memory.putByte(out, c);
      return out + 1;
    }
    Memory.putInt(out, '\\' | 'u' << 8 | '0' << 16 | '0' << 24);
    Memory.putByte(out + 4, (byte) HEX.charAt(c >> 4));
    Memory.putByte(out + 5, (byte) HEX.charAt(c & 15));
    return out + LONGEST_ESCAPE;
  }
}
