package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Adds days to dates, and counts the days between them. Results beyond DATE or INT are refused. */
public final class DateArithmetic {
  private DateArithmetic() {}

  /** DATE plus INT days to DATE. */
  public static int plusDays(
      ColumnVector dates,
      ColumnVector days,
      RowSelection rows,
      ColumnVector out,
      boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long sum =
          (long) Memory.getInt(dates.data() + 4L * row) + Memory.getInt(days.data() + 4L * row);
      if (!store(sum, row, rows, out, failuresAsNull)) {
        return row;
      }
    }
    return -1;
  }

  /** DATE (or INT days) minus DATE (or INT days), as DATE (or INT). */
  public static int minus(
      ColumnVector left,
      ColumnVector right,
      RowSelection rows,
      ColumnVector out,
      boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long difference =
          (long) Memory.getInt(left.data() + 4L * row) - Memory.getInt(right.data() + 4L * row);
      if (!store(difference, row, rows, out, failuresAsNull)) {
        return row;
      }
    }
    return -1;
  }

  private static boolean store(
      long value, int row, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    Memory.putInt(out.data() + 4L * row, (int) value);
    if (value == (int) value || !rows.includes(row)) {
      return true;
    }
    out.setNull(row);
    return failuresAsNull;
  }
}
