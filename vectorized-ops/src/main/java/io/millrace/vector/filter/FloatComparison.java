package io.millrace.vector.filter;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.VectorKernel;

/**
 * Comparisons of FLOAT columns; as in Spark, NaN equals NaN and is above everything, and -0.0
 * equals 0.0; nulls are not looked at. Results are bitmaps in whole words from {@code from & ~63}.
 */
public final class FloatComparison {
  private static final VectorKernel VECTOR =
      VectorKernel.of(
          "FLOAT comparison",
          4,
          (area, rows, result) -> {
            constantLoop(Comparison.EQUAL, area, 1, 0, rows, result);
            constantLoop(Comparison.LESS, area, 1, 0, rows, result);
            constantLoop(Comparison.GREATER, area, 1, 0, rows, result);
          },
          (area, rows, result) -> {
            FloatComparisonVector.constant(Comparison.EQUAL, area, 1, 0, rows, result);
            FloatComparisonVector.constant(Comparison.LESS, area, 1, 0, rows, result);
            FloatComparisonVector.constant(Comparison.GREATER, area, 1, 0, rows, result);
          });

  private FloatComparison() {}

  /** Compares each row with a constant. */
  public static void constant(
      Comparison comparison, long values, float constant, int from, int to, long result) {
    if (constant != constant) {
      nan(comparison, values, from, to, result);
      return;
    }
    if (VECTOR.isOn(to - from)) {
      FloatComparisonVector.constant(comparison, values, constant, from, to, result);
      return;
    }
    constantLoop(comparison, values, constant, from, to, result);
  }

  /** Compares row by row. */
  public static void columns(
      Comparison comparison, long left, long right, int from, int to, long result) {
    long invert = comparison.invert();
    switch (comparison.loop()) {
      case EQUAL -> equal(left, right, invert, from, to, result);
      case LESS -> less(left, right, invert, from, to, result);
      default -> less(right, left, invert, from, to, result);
    }
  }

  /** The plain loops. */
  static void constantLoop(
      Comparison comparison, long values, float constant, int from, int to, long result) {
    long invert = comparison.invert();
    switch (comparison.loop()) {
      case EQUAL -> equalConstant(values, constant, invert, from, to, result);
      case LESS -> lessConstant(values, constant, invert, from, to, result);
      default -> greaterConstant(values, constant, invert, from, to, result);
    }
  }

  private static void equalConstant(
      long values, float constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getFloat(values + 4L * i) == constant ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void lessConstant(
      long values, float constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getFloat(values + 4L * i) < constant ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void greaterConstant(
      long values, float constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (!(Memory.getFloat(values + 4L * i) <= constant) ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  /** NaN equals itself and is above everything else. */
  private static void nan(Comparison comparison, long values, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long isNan = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        float value = Memory.getFloat(values + 4L * i);
        isNan |= (value != value ? 1L : 0L) << i;
      }
      long word =
          switch (comparison.loop()) {
            case EQUAL -> isNan;
            case LESS -> ~isNan;
            default -> 0L;
          };
      Memory.putLong(result + (row >> 3), word ^ comparison.invert());
    }
  }

  private static void equal(long left, long right, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        float x = Memory.getFloat(left + 4L * i);
        float y = Memory.getFloat(right + 4L * i);
        word |= (x == y | x != x & y != y ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void less(long left, long right, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        float x = Memory.getFloat(left + 4L * i);
        float y = Memory.getFloat(right + 4L * i);
        word |= (x < y | y != y & x == x ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }
}
