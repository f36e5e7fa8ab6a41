package io.millrace.vector.time;

/**
 * The proleptic Gregorian calendar as arithmetic: days since 1970-01-01 to year, month and day and
 * back. Years begin in March inside, so that the leap day is a year's last.
 */
final class CivilDate {
  private static final int DAYS_PER_400_YEARS = 146_097;
  private static final int DAYS_FROM_0000_03_01 = 719_468;

  private CivilDate() {}

  static long daysOf(long year, int month, int day) {
    long marchYear = month > 2 ? year : year - 1;
    long era = Math.floorDiv(marchYear, 400L);
    long yearOfEra = marchYear - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_FROM_0000_03_01;
  }

  static int daysInMonth(long year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Year, month and day as {@code year << 9 | month << 5 | day}. */
  static long ofDays(long days) {
    long shifted = days + DAYS_FROM_0000_03_01;
    long era = Math.floorDiv(shifted, (long) DAYS_PER_400_YEARS);
    long dayOfEra = shifted - era * DAYS_PER_400_YEARS;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 9 | month << 5 | day;
  }

  static long year(long date) {
    return date >> 9;
  }

  static int month(long date) {
    return (int) (date >> 5) & 15;
  }

  static int day(long date) {
    return (int) date & 31;
  }

  /** Days so many months later; the month's last day if it has not so many days. */
  static long plusMonths(long days, long months) {
    long date = ofDays(days);
    long month = year(date) * 12 + month(date) - 1 + months;
    long year = Math.floorDiv(month, 12L);
    int monthOfYear = (int) Math.floorMod(month, 12L) + 1;
    return daysOf(year, monthOfYear, Math.min(day(date), daysInMonth(year, monthOfYear)));
  }
}
