package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/**
 * Timestamps moved by an interval, and numbers of seconds, milliseconds or microseconds since 1970.
 */
public final class TimestampArithmetic {
  private TimestampArithmetic() {}

  /**
   * Adds months, then microseconds. A day that its new month does not have becomes the month's
   * last.
   */
  public static int plusInterval(
      ColumnVector timestamps,
      int months,
      long microseconds,
      RowSelection rows,
      ColumnVector out,
      boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      long moved = us;
      boolean fits = true;
      if (months != 0) {
        long days = CivilDate.plusMonths(Math.floorDiv(us, TimeUnits.DAY_US), months);
        long dayUs = days * TimeUnits.DAY_US;
        moved = dayUs + Math.floorMod(us, TimeUnits.DAY_US);
        fits = Math.multiplyHigh(days, TimeUnits.DAY_US) == dayUs >> 63 && moved >= dayUs;
      }
      long sum = moved + microseconds;
      fits &= ((moved ^ sum) & (microseconds ^ sum)) >= 0;
      Memory.putLong(out.data() + 8L * row, sum);
      if (!fits && rows.includes(row)) {
        if (!failuresAsNull) {
          return row;
        }
        out.setNull(row);
      }
    }
    return -1;
  }

  /** Adds microseconds; a sum beyond the first or last TIMESTAMP is that. Null rows as well. */
  public static void plusSaturated(
      ColumnVector timestamps, long microseconds, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      long sum = us + microseconds;
      boolean fits = ((us ^ sum) & (microseconds ^ sum)) >= 0;
      long end = us < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
      Memory.putLong(out.data() + 8L * row, fits ? sum : end);
    }
  }

  /** BIGINT numbers of units to TIMESTAMP. */
  public static int ofUnits(
      ColumnVector numbers,
      long unitUs,
      RowSelection rows,
      ColumnVector out,
      boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long number = Memory.getLong(numbers.data() + 8L * row);
      long us = number * unitUs;
      Memory.putLong(out.data() + 8L * row, us);
      if (Math.multiplyHigh(number, unitUs) != us >> 63 && rows.includes(row)) {
        if (!failuresAsNull) {
          return row;
        }
        out.setNull(row);
      }
    }
    return -1;
  }

  /** TIMESTAMP to whole BIGINT numbers of units, rounded down. Null rows are computed as well. */
  public static void toUnits(
      ColumnVector timestamps, long unitUs, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long us = Memory.getLong(timestamps.data() + 8L * row);
      Memory.putLong(out.data() + 8L * row, Math.floorDiv(us, unitUs));
    }
  }
}
