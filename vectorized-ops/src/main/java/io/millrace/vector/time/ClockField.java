package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Hour, minute and second of TIMESTAMP columns, UTC, as INT. Null rows are computed as well. */
public final class ClockField {
  private ClockField() {}

  public static void hour(ColumnVector timestamps, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      Memory.putInt(
          out.data() + 4L * row, (int) (Math.floorMod(us, TimeUnits.DAY_US) / TimeUnits.HOUR_US));
    }
  }

  public static void minute(ColumnVector timestamps, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      Memory.putInt(
          out.data() + 4L * row,
          (int) (Math.floorMod(us, TimeUnits.HOUR_US) / TimeUnits.MINUTE_US));
    }
  }

  public static void second(ColumnVector timestamps, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      Memory.putInt(
          out.data() + 4L * row,
          (int) (Math.floorMod(us, TimeUnits.MINUTE_US) / TimeUnits.SECOND_US));
    }
  }
}
