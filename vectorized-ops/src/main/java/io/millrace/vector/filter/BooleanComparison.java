package io.millrace.vector.filter;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Memory;

/** Comparisons of BOOLEAN bitmaps, false before true; nulls are not looked at. */
public final class BooleanComparison {
  private BooleanComparison() {}

  /** Compares row by row. */
  public static void columns(
      Comparison comparison, long left, long right, int from, int to, long result) {
    long invert = comparison.invert();
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      long x = Memory.getLong(left + at);
      long y = Memory.getLong(right + at);
      long word =
          switch (comparison.loop()) {
            case EQUAL -> ~(x ^ y);
            case LESS -> ~x & y;
            default -> x & ~y;
          };
      Memory.putLong(result + at, word ^ invert);
    }
  }
}
