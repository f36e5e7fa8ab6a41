package io.millrace.vector.project;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/** Fills columns with one value; validity is left alone. */
public final class Fill {
  private Fill() {}

  /** Zero, false or the empty string in every row the column has room for. */
  public static void zero(ColumnVector column) {
    int rows = column.rowCapacity();
    if (column.type().isVariableWidth()) {
      Memory.fill(column.offsets(), 4L * (rows + 1), (byte) 0);
    } else if (ColumnVector.width(column.type()) == 0) {
      Bitmap.fill(column.data(), false, 0, rows);
    } else {
      Memory.fill(column.data(), (long) ColumnVector.width(column.type()) * rows, (byte) 0);
    }
  }

  /**
   * Writes the value of row 0 into rows {@code filled} to {@code to}; rows 0 to {@code filled} (at
   * least one) have it already.
   */
  public static void repeat(ColumnVector column, int filled, int to) {
    if (column.type().isVariableWidth()) {
      int length = column.length(0);
      column.reserveData((long) length * to);
      repeatBytes(column.data(), (long) length * filled, (long) length * to);
      for (int row = filled; row < to; row++) {
        column.offset(row + 1, length * (row + 1));
      }
    } else if (ColumnVector.width(column.type()) == 0) {
      Bitmap.fill(column.data(), Bitmap.get(column.data(), 0), 0, to);
    } else {
      long width = ColumnVector.width(column.type());
      repeatBytes(column.data(), width * filled, width * to);
    }
  }

  /** Doubles what is there until it reaches the end. */
  private static void repeatBytes(long data, long filled, long end) {
    for (long at = filled; at < end && filled > 0; ) {
      long size = Math.min(at, end - at);
      Memory.copy(data, data + at, size);
      at += size;
    }
  }
}
