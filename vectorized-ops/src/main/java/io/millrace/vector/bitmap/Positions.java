package io.millrace.vector.bitmap;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.VectorKernel;

/** Turns bitmaps into lists of row numbers. */
public final class Positions {
  private static final VectorKernel VECTOR =
      VectorKernel.of(
          "bitmap to positions",
          8,
          (area, rows, result) -> ofLoop(area, 0, rows, result),
          (area, rows, result) -> PositionsVector.of(area, 0, rows, result));

  private Positions() {}

  /**
   * Writes the rows of from..to whose bit is set, ascending, as 32-bit integers.
   *
   * @param positions room for {@code to - from} of them, rounded up to a multiple of 64
   * @return how many there are
   */
  public static int of(long bitmap, int from, int to, long positions) {
    return VECTOR.isOn(to - from)
        ? PositionsVector.of(bitmap, from, to, positions)
        : ofLoop(bitmap, from, to, positions);
  }

  /** The plain loop. */
  static int ofLoop(long bitmap, int from, int to, long positions) {
    long at = positions;
    for (int row = from & ~63; row < to; row += 64) {
      long bits = Memory.getLong(bitmap + (row >> 3)) & Bitmap.within(row, from, to);
      for (; bits != 0; bits &= bits - 1) {
        Memory.putInt(at, row + Long.numberOfTrailingZeros(bits));
        at += 4;
      }
    }
    return (int) (at - positions >> 2);
  }
}
