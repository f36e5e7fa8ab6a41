package io.millrace.vector.time;

import io.millrace.vector.column.Memory;

/**
 * Timestamps and dates as ASCII text, UTC, in off-heap memory. Every method returns the number of
 * bytes written; the caller provides {@link #MAX_BYTES}. Years outside 0 to 9999 get a sign.
 */
public final class TimestampFormatter {
  /** Room that every timestamp fits into. */
  public static final int MAX_BYTES = 48;

  private static final long US_PER_SECOND = 1_000_000;
  private static final long US_PER_DAY = 86_400 * US_PER_SECOND;

  private TimestampFormatter() {}

  /**
   * Writes {@code 2025-10-10T12:01:00.000Z}, with six digits behind the point if there are
   * microseconds.
   */
  public static int formatIso(long us, long address) {
    int length = dateAndTime(us, 'T', address);
    int fraction = (int) Math.floorMod(us, US_PER_SECOND);
    Memory.putByte(address + length, (byte) '.');
    if (fraction % 1000 == 0) {
      digits(fraction / 1000, 3, address + length + 1);
      length += 4;
    } else {
      digits(fraction, 6, address + length + 1);
      length += 7;
    }
    Memory.putByte(address + length, (byte) 'Z');
    return length + 1;
  }

  /** Writes {@code 2025-10-10 12:01:00.5}: as SQL casts to text, no zeros at the end. */
  public static int formatSql(long us, long address) {
    int length = dateAndTime(us, ' ', address);
    int fraction = (int) Math.floorMod(us, US_PER_SECOND);
    if (fraction == 0) {
      return length;
    }
    Memory.putByte(address + length, (byte) '.');
    digits(fraction, 6, address + length + 1);
    length += 7;
    while (Memory.getByte(address + length - 1) == '0') {
      length--;
    }
    return length;
  }

  /** Writes {@code 2025-10-10}. */
  public static int formatDate(int days, long address) {
    return date(days, address);
  }

  private static int dateAndTime(long us, char separator, long address) {
    long days = Math.floorDiv(us, US_PER_DAY);
    int second = (int) (Math.floorMod(us, US_PER_DAY) / US_PER_SECOND);
    int length = date(days, address);
    Memory.putByte(address + length, (byte) separator);
    digits(second / 3600, 2, address + length + 1);
    Memory.putByte(address + length + 3, (byte) ':');
    digits(second / 60 % 60, 2, address + length + 4);
    Memory.putByte(address + length + 6, (byte) ':');
    digits(second % 60, 2, address + length + 7);
    return length + 9;
  }

  private static int date(long days, long address) {
    long packed = CivilDate.ofDays(days);
    int year = (int) (packed >> 9);
    int length = year(year, address);
    Memory.putByte(address + length, (byte) '-');
    digits((int) (packed >> 5 & 15), 2, address + length + 1);
    Memory.putByte(address + length + 3, (byte) '-');
    digits((int) (packed & 31), 2, address + length + 4);
    return length + 6;
  }

  private static int year(int year, long address) {
    if (year >= 0 && year <= 9999) {
      digits(year, 4, address);
      return 4;
    }
    Memory.putByte(address, (byte) (year < 0 ? '-' : '+'));
    int magnitude = Math.abs(year);
    int count = 4;
    for (long power = 10_000; magnitude >= power; power *= 10) {
      count++;
    }
    digits(magnitude, count, address + 1);
    return count + 1;
  }

  private static void digits(int value, int count, long address) {
    int rest = value;
    for (int i = count - 1; i >= 0; i--) {
      Memory.putByte(address + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
  }
}
