package io.millrace.vector.project;

import io.millrace.vector.column.Memory;


/**
 * FLOAT arithmetic, row by row, by IEEE 754; it cannot fail, null slots are computed as well and
 * nulls are not looked at. Whether a division by zero is an error is the caller's question.
 */
public final class FloatArithmetic {
  private FloatArithmetic() {}

  public static void add(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) + Memory.getFloat(right + 4L * i));
    }
  }

  public static void subtract(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) - Memory.getFloat(right + 4L * i));
    }
  }

  public static void multiply(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) * Memory.getFloat(right + 4L * i));
    }
  }

  public static void divide(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) / Memory.getFloat(right + 4L * i));
    }
  }

  public static void remainder(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) % Memory.getFloat(right + 4L * i));
    }
  }
}
