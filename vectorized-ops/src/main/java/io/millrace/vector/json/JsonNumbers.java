package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/**
 * Numbers as JSON writes them: no plus sign, no leading zeros, digits on both sides of a point.
 * Short ones are read eight bytes at once on the way.
 */
final class JsonNumbers {
  private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};

  private boolean integral;
  private long longValue;
  private double doubleValue;

  /** The end of the number that begins at {@code from}; 0 if none does. */
  long end(long from, long end) {
    long at = from;
    if (at < end && Memory.getByte(at) == '-') {
      at++;
    }
    long digits = afterDigits(at, end);
    if (digits == at || Memory.getByte(at) == '0' && digits > at + 1) {
      return 0;
    }
    at = digits;
    integral = true;
    if (at < end && Memory.getByte(at) == '.') {
      integral = false;
      digits = afterDigits(at + 1, end);
      if (digits == at + 1) {
        return 0;
      }
      at = digits;
    }
    if (at < end && (Memory.getByte(at) | 0x20) == 'e') {
      integral = false;
      at++;
      if (at < end && (Memory.getByte(at) == '-' || Memory.getByte(at) == '+')) {
        at++;
      }
      digits = afterDigits(at, end);
      return digits == at ? 0 : digits;
    }
    return at;
  }

  /** Whether the number that {@link #end} walked over last has neither point nor exponent. */
  boolean integral() {
    return integral;
  }

  private static long afterDigits(long from, long end) {
    long at = from;
    while (at < end && Memory.getByte(at) >= '0' && Memory.getByte(at) <= '9') {
      at++;
    }
    return at;
  }

  /**
   * Reads an integer of at most 15 digits; returns its end, or 0 for anything else. What follows,
   * such as a point, is the caller's business.
   */
  long shortLong(long from) {
    boolean negative = Memory.getByte(from) == '-';
    long at = negative ? from + 1 : from;
    long word = Memory.getLong(at);
    long nonDigits = Words.nonDigits(word);
    long value;
    int count;
    if (nonDigits != 0) {
      count = Words.first(nonDigits);
      if (count == 0 || count > 1 && (word & 0xFF) == '0') {
        return 0;
      }
      value = Words.digits(word, count);
    } else {
      long next = Memory.getLong(at + 8);
      long nextNonDigits = Words.nonDigits(next);
      if (nextNonDigits == 0 || (word & 0xFF) == '0') {
        return 0;
      }
      int more = Words.first(nextNonDigits);
      value = Words.digits(word, 8);
      if (more > 0) {
        value = value * (long) POWERS[more] + Words.digits(next, more);
      }
      count = 8 + more;
    }
    longValue = negative ? -value : value;
    return at + count;
  }

  long longValue() {
    return longValue;
  }

  /**
   * Reads a number without exponent that ends within eight bytes, exactly; returns its end, or 0
   * for anything else. What follows, such as an exponent, is the caller's business.
   */
  long shortDouble(long from) {
    boolean negative = Memory.getByte(from) == '-';
    long at = negative ? from + 1 : from;
    long word = Memory.getLong(at);
    int whole = Words.first(Words.nonDigits(word));
    if (whole < 1 || whole > 6 || whole > 1 && (word & 0xFF) == '0') {
      return 0;
    }
    int count = whole;
    int fraction = 0;
    if ((word >>> 8 * whole & 0xFF) == '.') {
      long below = Words.lowBytes(whole);
      word = word & below | word >>> 8 & ~below;
      count = Words.first(Words.nonDigits(word));
      fraction = count - whole;
      if (fraction == 0 || count == 7) {
        return 0;
      }
      at++;
    }
    double magnitude = Words.digits(word, count) / POWERS[fraction];
    doubleValue = negative ? -magnitude : magnitude;
    return at + count;
  }

  double doubleValue() {
    return doubleValue;
  }
}
