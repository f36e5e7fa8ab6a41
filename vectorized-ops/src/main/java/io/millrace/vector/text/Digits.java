package io.millrace.vector.text;

import io.millrace.vector.column.Memory;

/** Decimal digits of unsigned numbers, written two at a time. */
final class Digits {
  private static final short[] PAIRS = new short[100];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
    }
  }

  private Digits() {}

  /** How many digits a value that is not negative has; 1 for zero. */
  static int count(long value) {
    int digits = 1;
    while (digits < PowersOfTen.LONG.length && value >= PowersOfTen.LONG[digits]) {
      digits++;
    }
    return digits;
  }

  /** Writes the last {@code count} digits of a value that is not negative, zeros in front. */
  static void write(long value, int count, long address) {
    long rest = value;
    int left = count;
    while (left >= 2) {
      long quotient = rest / 100;
      left -= 2;
      Memory.putShort(address + left, PAIRS[(int) (rest - quotient * 100)]);
      rest = quotient;
    }
    if (left == 1) {
      Memory.putByte(address, (byte) ('0' + rest % 10));
    }
  }
}
