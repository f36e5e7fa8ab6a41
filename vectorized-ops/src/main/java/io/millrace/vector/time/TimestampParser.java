package io.millrace.vector.time;

import io.millrace.vector.column.Memory;

/**
 * ASCII text of timestamps and dates to values, years 0001 to 9999: ISO-8601 and the forms that SQL
 * casts read. {@code 2025-10-10T12:01:00Z}, a space instead of the T, a fraction of up to 9 digits
 * (cut to microseconds), a zone as {@code Z}, {@code UTC}, {@code +02:00}, {@code +0200} or {@code
 * +02} (none is UTC), seconds or the whole time left out (midnight), month and day left out
 * (January, the first), one digit instead of two. No white space around, no leap seconds, no named
 * zones.
 *
 * <p>The value stays readable until the next call. One instance serves one thread; it remembers the
 * last date, because most timestamps share it with the one before.
 */
public final class TimestampParser {
  private static final long US_PER_SECOND = 1_000_000;
  private static final long US_PER_DAY = 86_400 * US_PER_SECOND;
  private static final int MAX_OFFSET_MINUTES = 18 * 60;

  /** Length of {@code 2025-10-10T12:01:00}, the form that needs no scanning. */
  private static final int FIXED_LENGTH = 19;

  private static final long ZERO_TIME = 0x30303A30303A3030L; // "00:00:00"

  /** Per byte, what carries a digit past its place's maximum into the top bit. */
  private static final long TIME_LIMITS = 0x767A7F767A7F767DL;

  private static final long TOP_BITS = 0x8080808080808080L;

  // The last date's text and value; 1970-01-01 to begin with.
  private long cachedYearMonth = 0x2D31302D30373931L;
  private short cachedDay = 0x3130;
  private long cachedDateUs;

  private long valueUs;
  private int valueDays;

  // The text that is being parsed field by field.
  private long at;
  private long end;

  /** Parses a timestamp; false if the text is none. */
  public boolean parse(long address, int length) {
    if (length < FIXED_LENGTH || !parseFixed(address)) {
      return parseLoose(address, length);
    } else if (length == FIXED_LENGTH + 1 && Memory.getByte(address + FIXED_LENGTH) == 'Z') {
      return true;
    }
    at = address + FIXED_LENGTH;
    end = address + length;
    return parseFraction() && parseZone();
  }

  /** Microseconds since 1970-01-01T00:00:00Z. */
  public long valueUs() {
    return valueUs;
  }

  /** Parses a date; whatever follows it behind a T or a space is ignored, as casts do. */
  public boolean parseDate(long address, int length) {
    at = address;
    end = address + length;
    if (!parseYearMonthDay()) {
      return false;
    }
    return at == end || (at - address >= 8 && (peek() == 'T' || peek() == ' '));
  }

  /** Days since 1970-01-01. */
  public int valueDays() {
    return valueDays;
  }

  private boolean parseFixed(long address) {
    long yearMonth = Memory.getLong(address);
    short day = Memory.getShort(address + 8);
    if ((yearMonth != cachedYearMonth || day != cachedDay) && !cacheDate(address)) {
      return false;
    }
    byte separator = Memory.getByte(address + 10);
    long time = Memory.getLong(address + 11) ^ ZERO_TIME;
    // Each byte times ten plus the next: hours in byte 0, minutes in byte 3, seconds in byte 6.
    long pairs = time * 10 + (time >>> 8);
    long hour = pairs & 0xFF;
    if ((separator != 'T' && separator != ' ')
        || ((time + TIME_LIMITS | time) & TOP_BITS) != 0
        || hour >= 24) {
      return false;
    }
    long minute = pairs >>> 24 & 0xFF;
    long second = pairs >>> 48 & 0xFF;
    valueUs = cachedDateUs + (hour * 3600 + minute * 60 + second) * US_PER_SECOND;
    return true;
  }

  private boolean cacheDate(long address) {
    at = address;
    end = address + 10;
    if (!parseYearMonthDay() || at != end) {
      return false;
    }
    cachedYearMonth = Memory.getLong(address);
    cachedDay = Memory.getShort(address + 8);
    cachedDateUs = valueDays * US_PER_DAY;
    return true;
  }

  private boolean parseLoose(long address, int length) {
    at = address;
    end = address + length;
    if (!parseYearMonthDay()) {
      return false;
    }
    valueUs = valueDays * US_PER_DAY;
    if (at == end) {
      return true;
    }
    return (accept('T') || accept(' ')) && parseTime() && parseFraction() && parseZone();
  }

  private boolean parseYearMonthDay() {
    int year = number(4, 4);
    int month = 1;
    int day = 1;
    if (year < 1) {
      return false;
    }
    if (accept('-')) {
      month = number(1, 2);
      if (month < 1 || month > 12) {
        return false;
      }
      if (accept('-')) {
        day = number(1, 2);
      }
    }
    if (day < 1 || day > CivilDate.daysInMonth(year, month)) {
      return false;
    }
    valueDays = (int) CivilDate.daysOf(year, month, day);
    return true;
  }

  private boolean parseTime() {
    int hour = number(1, 2);
    if (hour < 0 || hour > 23 || !accept(':')) {
      return false;
    }
    int minute = number(1, 2);
    int second = accept(':') ? number(1, 2) : 0;
    if (minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    valueUs += (hour * 3600L + minute * 60L + second) * US_PER_SECOND;
    return true;
  }

  private boolean parseFraction() {
    if (!accept('.')) {
      return true;
    }
    long unitUs = US_PER_SECOND / 10;
    int digits = 0;
    for (; at < end && isDigit(peek()); at++) {
      valueUs += (peek() - '0') * unitUs;
      unitUs /= 10;
      digits++;
    }
    return digits >= 1 && digits <= 9;
  }

  private boolean parseZone() {
    if (at == end) {
      return true;
    } else if (accept('Z')) {
      return at == end;
    } else if (end - at == 3) {
      if (accept('U') && accept('T') && accept('C')) {
        return true;
      }
    }
    boolean minus = accept('-');
    if (!minus && !accept('+')) {
      return false;
    }
    int hours = number(2, 2);
    int minutes = 0;
    if (at < end) {
      accept(':');
      minutes = number(2, 2);
    }
    int offset = hours * 60 + minutes;
    if (hours < 0 || minutes < 0 || minutes > 59 || offset > MAX_OFFSET_MINUTES || at != end) {
      return false;
    }
    valueUs -= (minus ? -offset : offset) * 60 * US_PER_SECOND;
    return true;
  }

  /** The next digits as a number, at most that many, or -1 if they are too few. */
  private int number(int minDigits, int maxDigits) {
    int value = 0;
    int digits = 0;
    for (; digits < maxDigits && at < end && isDigit(peek()); at++) {
      value = value * 10 + peek() - '0';
      digits++;
    }
    return digits < minDigits ? -1 : value;
  }

  private boolean accept(char c) {
    if (at < end && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private byte peek() {
    return Memory.getByte(at);
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
