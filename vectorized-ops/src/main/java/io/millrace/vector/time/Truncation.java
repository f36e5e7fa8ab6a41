package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.Locale;
import java.util.Optional;

/** What date_trunc cuts timestamps to: the beginning of a unit of time, UTC. */
public enum Truncation {
  MICROSECOND(1),
  MILLISECOND(TimeUnits.MILLISECOND_US),
  SECOND(TimeUnits.SECOND_US),
  MINUTE(TimeUnits.MINUTE_US),
  HOUR(TimeUnits.HOUR_US),
  DAY(TimeUnits.DAY_US),
  /** Begins on Monday. */
  WEEK(TimeUnits.WEEK_US),
  MONTH(1),
  QUARTER(3),
  YEAR(12);

  /** Three days before 1970-01-01, a Thursday. */
  private static final long A_MONDAY_US = -3 * TimeUnits.DAY_US;

  /** Microseconds, from MONTH on months. */
  private final long length;

  Truncation(long length) {
    this.length = length;
  }

  /** The unit with that name or one of its short forms (DD, MON, MM, YYYY, YY), in any case. */
  public static Optional<Truncation> named(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "MICROSECOND" -> Optional.of(MICROSECOND);
      case "MILLISECOND" -> Optional.of(MILLISECOND);
      case "SECOND" -> Optional.of(SECOND);
      case "MINUTE" -> Optional.of(MINUTE);
      case "HOUR" -> Optional.of(HOUR);
      case "DAY", "DD" -> Optional.of(DAY);
      case "WEEK" -> Optional.of(WEEK);
      case "MONTH", "MON", "MM" -> Optional.of(MONTH);
      case "QUARTER" -> Optional.of(QUARTER);
      case "YEAR", "YYYY", "YY" -> Optional.of(YEAR);
      default -> Optional.empty();
    };
  }

  /**
   * Truncates TIMESTAMP to TIMESTAMP; divides only where a row is not in the unit of the one
   * before.
   *
   * @return the first selected row whose unit begins before the earliest timestamp there is, or -1
   */
  public int truncate(
      ColumnVector timestamps, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    long start = 0;
    long end = 0;
    for (int row = rows.from(); row < rows.to(); row++) {
      if (!rows.includes(row)) {
        continue;
      }
      long us = Memory.getLong(timestamps.data() + 8L * row);
      if (us < start || us >= end) {
        start = start(us);
        if (start > us) {
          if (!failuresAsNull) {
            return row;
          }
          out.setNull(row);
        }
        end = end(start);
      }
      Memory.putLong(out.data() + 8L * row, start);
    }
    return -1;
  }

  private long start(long us) {
    return switch (this) {
      case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY -> us - Math.floorMod(us, length);
      case WEEK -> us - Math.floorMod(Math.floorMod(us, length) - A_MONDAY_US, length);
      case MONTH, QUARTER, YEAR -> {
        long date = CivilDate.ofDays(Math.floorDiv(us, TimeUnits.DAY_US));
        int month = CivilDate.month(date);
        int first = month - (month - 1) % (int) length;
        yield CivilDate.daysOf(CivilDate.year(date), first, 1) * TimeUnits.DAY_US;
      }
    };
  }

  private long end(long start) {
    return switch (this) {
      case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK -> start + length;
      case MONTH, QUARTER, YEAR ->
          CivilDate.plusMonths(Math.floorDiv(start, TimeUnits.DAY_US), length) * TimeUnits.DAY_US;
    };
  }
}
