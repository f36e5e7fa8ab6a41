package io.millrace.vector.cast;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** Converts one value to a fixed-width type. */
@FunctionalInterface
interface RowCast extends CastKernel {
  /** False if the value does not convert. */
  boolean convert(ColumnVector from, int row, ColumnVector to);

  @Override
  default int convert(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row) && !convert(from, row, to)) {
        if (!failuresAsNull) {
          return row;
        }
        to.setNull(row);
      }
    }
    return -1;
  }
}
