package io.millrace.vector.project;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.VectorKernel;

/**
 * DOUBLE arithmetic, row by row, by IEEE 754; it cannot fail, null slots are computed as well and
 * nulls are not looked at. Whether a division by zero is an error is the caller's question.
 */
public final class DoubleArithmetic {
  private static final VectorKernel VECTOR =
      VectorKernel.of(
          "DOUBLE arithmetic",
          8,
          (area, rows, result) -> {
            addLoop(area, area, result, 0, rows);
            subtractLoop(area, area, result, 0, rows);
            multiplyLoop(area, area, result, 0, rows);
          },
          (area, rows, result) -> {
            DoubleArithmeticVector.add(area, area, result, 0, rows);
            DoubleArithmeticVector.subtract(area, area, result, 0, rows);
            DoubleArithmeticVector.multiply(area, area, result, 0, rows);
          });

  private DoubleArithmetic() {}

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
    if (VECTOR.isOn(to - from)) {
      DoubleArithmeticVector.add(left, right, result, from, to);
    } else {
      addLoop(left, right, result, from, to);
    }
  }

  static void addLoop(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putDouble(
          result + 8L * i, Memory.getDouble(left + 8L * i) + Memory.getDouble(right + 8L * i));
    }
  }

  public static void subtract(long left, long right, long result, int from, int to) {
    if (VECTOR.isOn(to - from)) {
      DoubleArithmeticVector.subtract(left, right, result, from, to);
    } else {
      subtractLoop(left, right, result, from, to);
    }
  }

  static void subtractLoop(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putDouble(
          result + 8L * i, Memory.getDouble(left + 8L * i) - Memory.getDouble(right + 8L * i));
    }
  }

  public static void multiply(long left, long right, long result, int from, int to) {
    if (VECTOR.isOn(to - from)) {
      DoubleArithmeticVector.multiply(left, right, result, from, to);
    } else {
      multiplyLoop(left, right, result, from, to);
    }
  }

  static void multiplyLoop(long left, long right, long result, int from, int to) {
    for (int i = from; i < to; i++) {
      Memory.putDouble(
          result + 8L * i, Memory.getDouble(left + 8L * i) * Memory.getDouble(right + 8L * i));
    }
  }

  /** Whether a divisor is zero, null slots included. */
  public static boolean divide(long left, long right, long result, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to; i++) {
      double divisor = Memory.getDouble(right + 8L * i);
      zero |= divisor == 0;
      Memory.putDouble(result + 8L * i, Memory.getDouble(left + 8L * i) / divisor);
    }
    return zero;
  }

  /** Whether a divisor is zero, null slots included. */
  public static boolean remainder(long left, long right, long result, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to; i++) {
      double divisor = Memory.getDouble(right + 8L * i);
      zero |= divisor == 0;
      Memory.putDouble(result + 8L * i, Memory.getDouble(left + 8L * i) % divisor);
    }
    return zero;
  }
}
