package io.millrace.vector.aggregate;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;

/** How a column begins to take results. */
final class Results {
  private Results() {}

  /** Marks rows valid, dense from {@code at} on; at row 0 the column starts afresh. */
  static void begin(ColumnVector into, int at, int count) {
    if (at == 0) {
      into.mayHaveNulls(false);
    }
    Bitmap.setBits(into.validity(), at, count);
  }
}
