package io.millrace.vector.project;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Memory;

/**
 * Functions of DOUBLE columns; they cannot fail, null slots are computed as well and nulls are not
 * looked at. {@link StrictMath} gives the same bits on every machine.
 */
public final class DoubleMath {
  private DoubleMath() {}

  public static void sqrt(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, Math.sqrt(Memory.getDouble(values + 8L * row)));
    }
  }

  public static void exp(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, StrictMath.exp(Memory.getDouble(values + 8L * row)));
    }
  }

  public static void log(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, StrictMath.log(Memory.getDouble(values + 8L * row)));
    }
  }

  public static void log10(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, StrictMath.log10(Memory.getDouble(values + 8L * row)));
    }
  }

  /** The logarithm of each value to each base. */
  public static void logToBase(long bases, long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(
          result + 8L * row,
          StrictMath.log(Memory.getDouble(values + 8L * row))
              / StrictMath.log(Memory.getDouble(bases + 8L * row)));
    }
  }

  public static void pow(long bases, long exponents, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(
          result + 8L * row,
          StrictMath.pow(
              Memory.getDouble(bases + 8L * row), Memory.getDouble(exponents + 8L * row)));
    }
  }

  /** -1.0, 0.0, 1.0 or NaN. */
  public static void sign(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, Math.signum(Memory.getDouble(values + 8L * row)));
    }
  }

  /** Clears the validity of rows at or below zero, where a logarithm is null; says if there are. */
  public static boolean clearNotPositive(long values, long validity, int from, int to) {
    boolean any = false;
    for (int row = from; row < to; row++) {
      if (Memory.getDouble(values + 8L * row) <= 0) {
        Bitmap.set(validity, row, false);
        any = true;
      }
    }
    return any;
  }

  /** Writes each row with its sign changed, or without it. */
  public static void negate(boolean absolute, long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      double value = Memory.getDouble(values + 8L * row);
      Memory.putDouble(result + 8L * row, absolute ? Math.abs(value) : -value);
    }
  }

  /** As {@link #negate}, of FLOAT columns. */
  public static void negateFloat(boolean absolute, long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      float value = Memory.getFloat(values + 4L * row);
      Memory.putFloat(result + 4L * row, absolute ? Math.abs(value) : -value);
    }
  }
}
