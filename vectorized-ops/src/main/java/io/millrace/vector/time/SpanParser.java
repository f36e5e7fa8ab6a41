package io.millrace.vector.time;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.nio.charset.StandardCharsets;

/**
 * Lengths of time as text, {@code 5 minutes} or {@code 1 hour -30 seconds}, to BIGINT microseconds.
 * Digits behind the microsecond are cut off; months and years, which differ in length, are none.
 */
public final class SpanParser {
  private static final byte[][] NAMES =
      bytes("microsecond millisecond second minute hour day week us ms s m h d sec min");
  private static final long[] UNITS_US = {
    1,
    1_000,
    TimeUnits.SECOND_US,
    60 * TimeUnits.SECOND_US,
    3_600 * TimeUnits.SECOND_US,
    TimeUnits.DAY_US,
    7 * TimeUnits.DAY_US,
    1,
    1_000,
    TimeUnits.SECOND_US,
    60 * TimeUnits.SECOND_US,
    3_600 * TimeUnits.SECOND_US,
    TimeUnits.DAY_US,
    TimeUnits.SECOND_US,
    60 * TimeUnits.SECOND_US
  };

  /** No length of time that a text can have. */
  private static final long NONE = Long.MIN_VALUE;

  private SpanParser() {}

  private static byte[][] bytes(String names) {
    String[] split = names.split(" ", -1);
    byte[][] all = new byte[split.length][];
    for (int i = 0; i < split.length; i++) {
      all[i] = split[i].getBytes(StandardCharsets.US_ASCII);
    }
    return all;
  }

  /**
   * Rows asked for only; those before a failing one are written.
   *
   * @return the first row whose text is no length of time, or that does not fit; -1 if there is
   *     none
   */
  public static int parse(
      ColumnVector texts, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      if (!rows.includes(row)) {
        continue;
      }
      long start = texts.data() + texts.offset(row);
      long us = parse(start, start + texts.length(row));
      Memory.putLong(out.data() + 8L * row, us);
      if (us == NONE) {
        if (!failuresAsNull) {
          return row;
        }
        out.setNull(row);
      }
    }
    return -1;
  }

  private static long parse(long start, long end) {
    long total = 0;
    boolean any = false;
    long at = space(start, end);
    while (at < end) {
      boolean negative = Memory.getByte(at) == '-';
      at += negative ? 1 : 0;
      long digits = at;
      long number = 0;
      while (at < end && isDigit(Memory.getByte(at))) {
        if (number > Long.MAX_VALUE / 10 - 1) {
          return NONE;
        }
        number = number * 10 + Memory.getByte(at++) - '0';
      }
      long name = space(at, end);
      at = name;
      while (at < end && Memory.getByte(at) > ' ' && !isDigit(Memory.getByte(at))) {
        at++;
      }
      long us = unitUs(name, at);
      long high = Math.multiplyHigh(number, us);
      long part = number * us;
      long next = negative ? total - part : total + part;
      boolean overflows =
          high != 0 || part < 0 || (negative ? next > total : next < total) || next == NONE;
      if (digits == name || us == 0 || overflows) {
        return NONE;
      }
      total = next;
      any = true;
      at = space(at, end);
    }
    return any ? total : NONE;
  }

  private static long space(long from, long end) {
    long at = from;
    while (at < end && Memory.getByte(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** 0 if there is no such unit; a word may have an s behind. */
  private static long unitUs(long start, long end) {
    for (int i = 0; i < NAMES.length; i++) {
      byte[] name = NAMES[i];
      long length = end - start;
      boolean plural =
          length == name.length + 1 && name.length > 2 && (Memory.getByte(end - 1) | 0x20) == 's';
      if ((length == name.length || plural) && matches(start, name)) {
        return UNITS_US[i];
      }
    }
    return 0;
  }

  private static boolean matches(long start, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if ((Memory.getByte(start + i) | 0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
