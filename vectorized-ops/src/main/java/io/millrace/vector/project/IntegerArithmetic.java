package io.millrace.vector.project;

import io.millrace.vector.column.Memory;

/**
 * Arithmetic of integers of 1, 2, 4 or 8 bytes; nulls are not looked at. {@link #compute} goes over
 * all rows, null slots included, and says whether one may have failed; {@link #firstFailing} then
 * says which.
 */
public final class IntegerArithmetic {
  private IntegerArithmetic() {}

  /**
   * Computes rows from..to, wrapping on overflow and giving 0 for a division by zero.
   *
   * @param width bytes per value of both operands and the result
   * @return whether a row may have failed
   */
  public static boolean compute(
      Arithmetic operator, int width, long left, long right, long result, int from, int to) {
    if (operator == Arithmetic.DIVIDE || operator == Arithmetic.REMAINDER) {
      return divide(operator, width, left, right, result, from, to);
    }
    return switch (width) {
      case 8 ->
          switch (operator) {
            case ADD -> LongArithmetic.add(left, right, result, from, to);
            case SUBTRACT -> LongArithmetic.subtract(left, right, result, from, to);
            default -> LongArithmetic.multiply(left, right, result, from, to);
          };
      case 4 ->
          switch (operator) {
            case ADD -> IntArithmetic.add(left, right, result, from, to);
            case SUBTRACT -> IntArithmetic.subtract(left, right, result, from, to);
            default -> IntArithmetic.multiply(left, right, result, from, to);
          };
      default -> narrow(operator, width, left, right, result, from, to);
    };
  }

  private static boolean narrow(
      Arithmetic operator, int width, long left, long right, long result, int from, int to) {
    boolean failed = false;
    for (int row = from; row < to; row++) {
      long x = load(left, width, row);
      long y = load(right, width, row);
      long value =
          switch (operator) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            default -> x * y;
          };
      failed |= isOutside(value, width);
      store(result, width, row, value);
    }
    return failed;
  }

  private static boolean divide(
      Arithmetic operator, int width, long left, long right, long result, int from, int to) {
    boolean failed = false;
    for (int row = from; row < to; row++) {
      long x = load(left, width, row);
      long y = load(right, width, row);
      long value = y == 0 ? 0 : operator == Arithmetic.DIVIDE ? x / y : x % y;
      failed |= y == 0 | (y == -1 && operator == Arithmetic.DIVIDE);
      store(result, width, row, value);
    }
    return failed;
  }

  /**
   * The first row of the mask (0: all rows) in from..to that overflows or divides by zero, or -1.
   */
  public static int firstFailing(
      Arithmetic operator, int width, long left, long right, int from, int to, long mask) {
    for (int row = from; row < to; row++) {
      if (isAsked(mask, row)
          && isFailing(operator, width, load(left, width, row), load(right, width, row))) {
        return row;
      }
    }
    return -1;
  }

  private static boolean isFailing(Arithmetic operator, int width, long x, long y) {
    return switch (operator) {
      case ADD -> ((x ^ x + y) & (y ^ x + y)) < 0 || isOutside(x + y, width);
      case SUBTRACT -> ((x ^ y) & (x ^ x - y)) < 0 || isOutside(x - y, width);
      case MULTIPLY -> Math.multiplyHigh(x, y) != x * y >> 63 || isOutside(x * y, width);
      case DIVIDE -> y == 0 || y == -1 && isLeast(x, width);
      case REMAINDER -> y == 0;
    };
  }

  /**
   * Writes each row with its sign changed, or without it.
   *
   * @return whether a row is the least value, null slots included: it has no counterpart
   */
  public static boolean negate(
      boolean absolute, int width, long values, long result, int from, int to) {
    boolean failed = false;
    for (int row = from; row < to; row++) {
      long value = load(values, width, row);
      failed |= isLeast(value, width);
      store(result, width, row, absolute && value >= 0 ? value : -value);
    }
    return failed;
  }

  /** The first row of the mask (0: all rows) in from..to with the least value, or -1. */
  public static int firstLeast(int width, long values, int from, int to, long mask) {
    for (int row = from; row < to; row++) {
      if (isAsked(mask, row) && isLeast(load(values, width, row), width)) {
        return row;
      }
    }
    return -1;
  }

  static boolean isAsked(long mask, int row) {
    return mask == 0 || (Memory.getByte(mask + (row >> 3)) >> (row & 7) & 1) == 1;
  }

  static boolean isOutside(long value, int width) {
    int shift = 64 - 8 * width;
    return value << shift >> shift != value;
  }

  private static boolean isLeast(long value, int width) {
    return value == Long.MIN_VALUE >> 64 - 8 * width;
  }

  static long load(long values, int width, int row) {
    return switch (width) {
      case 1 -> Memory.getByte(values + row);
      case 2 -> Memory.getShort(values + 2L * row);
      case 4 -> Memory.getInt(values + 4L * row);
      default -> Memory.getLong(values + 8L * row);
    };
  }

  static void store(long result, int width, int row, long value) {
    switch (width) {
      case 1 -> Memory.putByte(result + row, (byte) value);
      case 2 -> Memory.putShort(result + 2L * row, (short) value);
      case 4 -> Memory.putInt(result + 4L * row, (int) value);
      default -> Memory.putLong(result + 8L * row, value);
    }
  }
}
