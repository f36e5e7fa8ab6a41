package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/** The text between two quotes: where it ends, and what its escapes stand for. */
final class JsonStrings {
  private static final int REPLACEMENT = 0xFFFD;

  private boolean escaped;

  /**
   * The closing quote of the text that begins at {@code from}; 0 if there is none before {@code
   * end}, or a bad escape or a control character stands before it.
   */
  long closing(long from, long end) {
    escaped = false;
    long at = from;
    while (true) {
      at = special(at, end);
      if (at == 0 || Memory.getByte(at) == '"') {
        return at;
      } else if (Memory.getByte(at) != '\\') {
        return 0;
      }
      escaped = true;
      at = afterEscape(at, end);
      if (at == 0) {
        return 0;
      }
    }
  }

  /** The first quote, backslash or control character; 0 if there is none before the end. */
  private static long special(long from, long end) {
    // Names and most texts end in the first two words.
    long at = from;
    long special = Words.special(Memory.getLong(at));
    if (special == 0) {
      at += 8;
      special = Words.special(Memory.getLong(at));
      if (special == 0) {
        return farSpecial(at + 8, end);
      }
    }
    at += Words.first(special);
    return at < end ? at : 0;
  }

  private static long farSpecial(long from, long end) {
    for (long at = from; at < end; at += 8) {
      long special = Words.special(Memory.getLong(at));
      if (special != 0) {
        long found = at + Words.first(special);
        return found < end ? found : 0;
      }
    }
    return 0;
  }

  /** Whether the text that {@link #closing} walked over last has an escape in it. */
  boolean escaped() {
    return escaped;
  }

  private static long afterEscape(long backslash, long end) {
    if (backslash + 1 >= end) {
      return 0;
    }
    return switch (Memory.getByte(backslash + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> backslash + 6 <= end && unit(backslash) >= 0 ? backslash + 6 : 0;
      default -> 0;
    };
  }

  /** The UTF-16 unit of a {@code \}{@code uXXXX} escape, negative if those are no hex digits. */
  private static int unit(long backslash) {
    int unit = 0;
    for (int i = 2; i < 6; i++) {
      int digit = Character.digit(Memory.getByte(backslash + i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /**
   * Writes the text without its escapes, as UTF-8, at most as long as the source; a surrogate that
   * stands alone becomes U+FFFD. Returns the end of what was written.
   *
   * @param to the closing quote; {@link #closing} found it
   */
  static long unescape(long from, long to, long target) {
    long at = from;
    long out = target;
    while (at < to) {
      byte c = Memory.getByte(at);
      if (c != '\\') {
        Memory.putByte(out++, c);
        at++;
        continue;
      }
      byte kind = Memory.getByte(at + 1);
      if (kind != 'u') {
        Memory.putByte(out++, simple(kind));
        at += 2;
        continue;
      }
      int point = unit(at);
      at += 6;
      if (Character.isSurrogate((char) point)) {
        int low = Character.isHighSurrogate((char) point) ? lowSurrogate(at, to) : -1;
        if (low >= 0) {
          point = Character.toCodePoint((char) point, (char) low);
          at += 6;
        } else {
          point = REPLACEMENT;
        }
      }
      out = encode(point, out);
    }
    return out;
  }

  private static int lowSurrogate(long at, long to) {
    if (at + 6 > to || Memory.getByte(at) != '\\' || Memory.getByte(at + 1) != 'u') {
      return -1;
    }
    int unit = unit(at);
    return Character.isLowSurrogate((char) unit) ? unit : -1;
  }

  private static byte simple(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static long encode(int point, long out) {
    if (point < 0x80) {
      Memory.putByte(out, (byte) point);
      return out + 1;
    } else if (point < 0x800) {
      Memory.putByte(out, (byte) (0xC0 | point >> 6));
      return continuation(point, 1, out + 1);
    } else if (point < 0x10000) {
      Memory.putByte(out, (byte) (0xE0 | point >> 12));
      return continuation(point, 2, out + 1);
    }
    Memory.putByte(out, (byte) (0xF0 | point >> 18));
    return continuation(point, 3, out + 1);
  }

  private static long continuation(int point, int count, long out) {
    for (int i = 0; i < count; i++) {
      Memory.putByte(out + i, (byte) (0x80 | point >> 6 * (count - 1 - i) & 0x3F));
    }
    return out + count;
  }
}
