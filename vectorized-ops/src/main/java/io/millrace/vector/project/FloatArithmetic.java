package io.millrace.vector.project;

import io.millrace.vector.column.Memory;

/**
 * FLOAT arithmetic, row by row, by IEEE 754; it cannot fail, null slots are computed as well and
 * nulls are not looked at. Whether a division by zero is an error is the caller's question.
 */
public final class FloatArithmetic {
  private FloatArithmetic() {}

  /** Computes rows from..to; whether a divisor is zero, null slots included. */
  public static boolean compute(
      Arithmetic operator, long left, long right, long result, int from, int to) {
    return switch (operator) {
      case ADD -> {
        add(left, right, result, from, to);
        yield false;
      }
      case SUBTRACT -> {
        subtract(left, right, result, from, to);
        yield false;
      }
      case MULTIPLY -> {
        multiply(left, right, result, from, to);
        yield false;
      }
      case DIVIDE -> divide(left, right, result, from, to);
      case REMAINDER -> remainder(left, right, result, from, to);
    };
  }

  public static void add(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(
          result + 4L * i, Memory.getFloat(left + 4L * i) + Memory.getFloat(right + 4L * i));
    }
  }

  public static void subtract(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(
          result + 4L * i, Memory.getFloat(left + 4L * i) - Memory.getFloat(right + 4L * i));
    }
  }

  public static void multiply(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putFloat(
          result + 4L * i, Memory.getFloat(left + 4L * i) * Memory.getFloat(right + 4L * i));
    }
  }

  /** Whether a divisor is zero, null slots included. */
  public static boolean divide(long left, long right, long result, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to; i++) {
      float divisor = Memory.getFloat(right + 4L * i);
      zero |= divisor == 0;
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) / divisor);
    }
    return zero;
  }

  /** Whether a divisor is zero, null slots included. */
  public static boolean remainder(long left, long right, long result, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to; i++) {
      float divisor = Memory.getFloat(right + 4L * i);
      zero |= divisor == 0;
      Memory.putFloat(result + 4L * i, Memory.getFloat(left + 4L * i) % divisor);
    }
    return zero;
  }
}
