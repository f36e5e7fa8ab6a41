package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.util.Arrays;

/** Walks over a value of any kind and depth, checking that it is well-formed; no recursion. */
final class ValueSkipper {
  private static final int NULL = 0x6C6C756E; // "null"
  private static final int TRUE = 0x65757274; // "true"
  private static final int ALSE = 0x65736C61; // "alse"

  private final JsonStrings strings;
  private final JsonNumbers numbers;

  /** One bit per open bracket: set for an object, clear for an array. */
  private long[] open = new long[4];

  ValueSkipper(JsonStrings strings, JsonNumbers numbers) {
    this.strings = strings;
    this.numbers = numbers;
  }

  /** The first byte that is no white space, or the end. Mostly there is one space, or none. */
  static long skipSpace(long from, long end) {
    if (from < end && Memory.getByte(from) > ' ') {
      return from;
    }
    return from + 1 < end && Memory.getByte(from) == ' ' && Memory.getByte(from + 1) > ' '
        ? from + 1
        : skipSpaces(from, end);
  }

  private static long skipSpaces(long from, long end) {
    long at = from;
    while (at < end && isSpace(Memory.getByte(at))) {
      at++;
    }
    return at;
  }

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The end of the value that begins at {@code from}; 0 if it is not well-formed. */
  long skip(long from, long end) {
    int depth = 0;
    long at = from;
    while (true) {
      if (at >= end) {
        return 0;
      }
      byte c = Memory.getByte(at);
      if (c == '{' || c == '[') {
        boolean object = c == '{';
        at = skipSpace(at + 1, end);
        if (at < end && Memory.getByte(at) == (object ? '}' : ']')) {
          at++;
        } else {
          push(depth++, object);
          if (object && (at = afterKey(at, end)) == 0) {
            return 0;
          }
          continue;
        }
      } else if ((at = scalar(at, end)) == 0) {
        return 0;
      }
      // A value ended: close what ends with it, up to the next value.
      while (true) {
        if (depth == 0) {
          return at;
        }
        at = skipSpace(at, end);
        if (at >= end) {
          return 0;
        }
        boolean object = isObject(depth - 1);
        c = Memory.getByte(at);
        if (c == ',') {
          at = skipSpace(at + 1, end);
          if (object && (at = afterKey(at, end)) == 0) {
            return 0;
          }
          break;
        } else if (c != (object ? '}' : ']')) {
          return 0;
        }
        depth--;
        at++;
      }
    }
  }

  private void push(int depth, boolean object) {
    int word = depth >> 6;
    if (word == open.length) {
      open = Arrays.copyOf(open, 2 * word);
    }
    open[word] = object ? open[word] | 1L << depth : open[word] & ~(1L << depth);
  }

  private boolean isObject(int depth) {
    return (open[depth >> 6] >>> depth & 1) != 0;
  }

  private long afterKey(long from, long end) {
    if (from >= end || Memory.getByte(from) != '"') {
      return 0;
    }
    long closing = strings.closing(from + 1, end);
    return closing == 0 ? 0 : afterColon(closing + 1, end);
  }

  /** Where the value begins, behind white space, a colon and white space; 0 without colon. */
  static long afterColon(long from, long end) {
    long at = skipSpace(from, end);
    return at < end && Memory.getByte(at) == ':' ? skipSpace(at + 1, end) : 0;
  }

  /** The end of a string, number, true, false or null; 0 if it is none of them. */
  long scalar(long from, long end) {
    if (from >= end) {
      return 0;
    }
    return switch (Memory.getByte(from)) {
      case '"' -> {
        long closing = strings.closing(from + 1, end);
        yield closing == 0 ? 0 : closing + 1;
      }
      case 'n' -> isNull(from, end) ? from + 4 : 0;
      case 't' -> from + 4 <= end && Memory.getInt(from) == TRUE ? from + 4 : 0;
      case 'f' -> from + 5 <= end && Memory.getInt(from + 1) == ALSE ? from + 5 : 0;
      default -> numbers.end(from, end);
    };
  }

  static boolean isNull(long from, long end) {
    return from + 4 <= end && Memory.getInt(from) == NULL;
  }
}
