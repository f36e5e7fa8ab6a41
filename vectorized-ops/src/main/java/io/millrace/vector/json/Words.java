package io.millrace.vector.json;

/**
 * Eight bytes at a time. The masks have the top bit of each byte that matches; bits above the
 * lowest one may be wrong, so only the first match counts.
 */
final class Words {
  static final long TOP_BITS = 0x8080808080808080L;

  private static final long ONES = 0x0101010101010101L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long NEWLINES = '\n' * ONES;
  private static final long ZEROS = '0' * ONES;

  private Words() {}

  /** Bytes that end plain string text: quotes, backslashes and control characters. */
  static long special(long word) {
    // With its second bit flipped a quote is a space, and still less than anything but controls.
    long flipped = word ^ 2 * ONES;
    long backslash = word ^ BACKSLASHES;
    return ((flipped - 0x21 * ONES & ~flipped) | (backslash - ONES & ~backslash)) & TOP_BITS;
  }

  static long newlines(long word) {
    long newline = word ^ NEWLINES;
    return newline - ONES & ~newline & TOP_BITS;
  }

  /** Bytes that are no digits. */
  static long nonDigits(long word) {
    long digits = word ^ ZEROS;
    return (digits + 0x7676767676767676L | digits) & TOP_BITS;
  }

  /** The index of the first byte of a mask that is not zero. */
  static int first(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }

  /** The lower {@code count} bytes, 0 to 8, as a mask. */
  static long lowBytes(int count) {
    return count == 0 ? 0 : -1L >>> 64 - 8 * count;
  }

  /** The number that the lower {@code count} bytes, 1 to 8, spell in digits. */
  static long digits(long word, int count) {
    long value = word << 64 - 8 * count & 0x0F0F0F0F0F0F0F0FL;
    value = (value * 2561 >>> 8) & 0x00FF00FF00FF00FFL;
    value = (value * 6553601 >>> 16) & 0x0000FFFF0000FFFFL;
    return value * 42949672960001L >>> 32;
  }
}
