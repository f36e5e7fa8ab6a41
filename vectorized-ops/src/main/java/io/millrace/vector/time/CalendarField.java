package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** A number that a date's place in the calendar gives, as INT. */
public enum CalendarField {
  YEAR,
  /** 1 to 4. */
  QUARTER,
  MONTH,
  DAY_OF_MONTH,
  /** 1 (Sunday) to 7. */
  DAY_OF_WEEK,
  DAY_OF_YEAR;

  /** Reads a DATE column. Null rows are computed as well. */
  public void ofDates(ColumnVector dates, RowSelection rows, ColumnVector out) {
    long days = 0;
    int value = ofDay(days);
    for (int row = rows.from(); row < rows.to(); row++) {
      int next = Memory.getInt(dates.data() + 4L * row);
      if (next != days) {
        days = next;
        value = ofDay(days);
      }
      Memory.putInt(out.data() + 4L * row, value);
    }
  }

  /** Reads a TIMESTAMP column. Null rows are computed as well. */
  public void ofTimestamps(ColumnVector timestamps, RowSelection rows, ColumnVector out) {
    long days = 0;
    int value = ofDay(days);
    for (int row = rows.from(); row < rows.to(); row++) {
      long next = Math.floorDiv(Memory.getLong(timestamps.data() + 8L * row), TimeUnits.DAY_US);
      if (next != days) {
        days = next;
        value = ofDay(days);
      }
      Memory.putInt(out.data() + 4L * row, value);
    }
  }

  private int ofDay(long days) {
    return switch (this) {
      case YEAR -> (int) CivilDate.year(CivilDate.ofDays(days));
      case QUARTER -> (CivilDate.month(CivilDate.ofDays(days)) + 2) / 3;
      case MONTH -> CivilDate.month(CivilDate.ofDays(days));
      case DAY_OF_MONTH -> CivilDate.day(CivilDate.ofDays(days));
      case DAY_OF_WEEK -> (int) Math.floorMod(days + 4, 7L) + 1;
      case DAY_OF_YEAR ->
          (int) (days - CivilDate.daysOf(CivilDate.year(CivilDate.ofDays(days)), 1, 1)) + 1;
    };
  }
}
