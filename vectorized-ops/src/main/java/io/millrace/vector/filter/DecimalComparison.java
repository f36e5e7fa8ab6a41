package io.millrace.vector.filter;

import io.millrace.vector.column.Memory;

/** Comparisons of DECIMAL columns of one scale, as 128-bit integers; nulls are not looked at. */
public final class DecimalComparison {
  private DecimalComparison() {}

  /** Compares each row with the number at an address. */
  public static void constant(
      Comparison comparison, long values, long constant, int from, int to, long result) {
    loop(comparison, values, constant, 0, from, to, result);
  }

  /** Compares row by row. */
  public static void columns(
      Comparison comparison, long left, long right, int from, int to, long result) {
    loop(comparison, left, right, 16, from, to, result);
  }

  private static void loop(
      Comparison comparison, long left, long right, long step, int from, int to, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = row, end = Math.min(row + 64, to); i < end; i++) {
        word |= (comparison.holds(compare(left + 16L * i, right + step * i)) ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word);
    }
  }

  /** As {@link Long#compare}, of the numbers at two addresses. */
  public static int compare(long left, long right) {
    int high = Long.compare(Memory.getLong(left + 8), Memory.getLong(right + 8));
    return high != 0 ? high : Long.compareUnsigned(Memory.getLong(left), Memory.getLong(right));
  }
}
