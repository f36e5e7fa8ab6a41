package io.millrace.vector.cast;

import io.millrace.vector.column.Memory;

/**
 * The words for truth values and for numbers that have no digits, in any case, as Spark's casts.
 */
final class LiteralText {
  private static final long T = AsciiWord.of("t");
  private static final long TRUE = AsciiWord.of("true");
  private static final long Y = AsciiWord.of("y");
  private static final long YES = AsciiWord.of("yes");
  private static final long ONE = AsciiWord.of("1");
  private static final long F = AsciiWord.of("f");
  private static final long FALSE = AsciiWord.of("false");
  private static final long N = AsciiWord.of("n");
  private static final long NO = AsciiWord.of("no");
  private static final long ZERO = AsciiWord.of("0");
  private static final long INF = AsciiWord.of("inf");
  private static final long INFINITY = AsciiWord.of("infinity");
  private static final long NAN = AsciiWord.of("nan");

  private LiteralText() {}

  static boolean isTrue(long address, int length) {
    long word = AsciiWord.read(address, length);
    return word == T || word == TRUE || word == Y || word == YES || word == ONE;
  }

  static boolean isFalse(long address, int length) {
    long word = AsciiWord.read(address, length);
    return word == F || word == FALSE || word == N || word == NO || word == ZERO;
  }

  /** NaN or an infinity; 0 if the text is neither. */
  static double special(long address, int length) {
    int sign = Memory.getByte(address);
    boolean signed = sign == '-' || sign == '+';
    long word = signed ? AsciiWord.read(address + 1, length - 1) : AsciiWord.read(address, length);
    if (word == INF || word == INFINITY) {
      return sign == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return word == NAN && !signed ? Double.NaN : 0;
  }

  /** The length of a number without the letter that Java allows behind it ({@code 1.5d}). */
  static int withoutSuffix(long address, int length) {
    if (length < 2) {
      return length;
    }
    int last = Memory.getByte(address + length - 1) | 0x20;
    int before = Memory.getByte(address + length - 2);
    boolean number = before >= '0' && before <= '9' || before == '.';
    return number && (last == 'd' || last == 'f') ? length - 1 : length;
  }
}
