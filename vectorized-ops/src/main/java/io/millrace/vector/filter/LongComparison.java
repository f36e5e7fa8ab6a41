package io.millrace.vector.filter;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.VectorKernel;

/**
 * Comparisons of BIGINT columns; nulls are not looked at. Results are bitmaps in whole words from
 * {@code from & ~63}.
 */
public final class LongComparison {
  private static final VectorKernel VECTOR =
      VectorKernel.of(
          "BIGINT comparison",
          8,
          (area, rows, result) -> {
            constantLoop(Comparison.EQUAL, area, 1, 0, rows, result);
            constantLoop(Comparison.LESS, area, 1, 0, rows, result);
            constantLoop(Comparison.GREATER, area, 1, 0, rows, result);
          },
          (area, rows, result) -> {
            LongComparisonVector.constant(Comparison.EQUAL, area, 1, 0, rows, result);
            LongComparisonVector.constant(Comparison.LESS, area, 1, 0, rows, result);
            LongComparisonVector.constant(Comparison.GREATER, area, 1, 0, rows, result);
          });

  private LongComparison() {}

  /** Compares each row with a constant. */
  public static void constant(
      Comparison comparison, long values, long constant, int from, int to, long result) {
    if (VECTOR.isOn(to - from)) {
      LongComparisonVector.constant(comparison, values, constant, from, to, result);
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
      Comparison comparison, long values, long constant, int from, int to, long result) {
    long invert = comparison.invert();
    switch (comparison.loop()) {
      case EQUAL -> equalConstant(values, constant, invert, from, to, result);
      case LESS -> lessConstant(values, constant, invert, from, to, result);
      default -> greaterConstant(values, constant, invert, from, to, result);
    }
  }

  private static void equalConstant(
      long values, long constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getLong(values + 8L * i) == constant ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void lessConstant(
      long values, long constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getLong(values + 8L * i) < constant ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void greaterConstant(
      long values, long constant, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getLong(values + 8L * i) > constant ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void equal(long left, long right, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getLong(left + 8L * i) == Memory.getLong(right + 8L * i) ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void less(long left, long right, long invert, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (Memory.getLong(left + 8L * i) < Memory.getLong(right + 8L * i) ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }
}
