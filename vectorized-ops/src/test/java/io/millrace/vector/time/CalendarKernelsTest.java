package io.millrace.vector.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calendar, clock, truncation and arithmetic against java.time. */
class CalendarKernelsTest {
  private static final int ROWS = 500;
  private static final long DAY_US = 86_400_000_000L;

  private final Random random = new Random(19);
  private final KernelColumns columns = new KernelColumns();
  private final List<Long> times = times();
  private final ColumnVector time = columns.column(DataType.TIMESTAMP, times);

  @AfterEach
  void close() {
    columns.close();
  }

  /** Edges of units around 1970 and leap years, then years -20000 to 20000. */
  private List<Long> times() {
    List<Long> times = new ArrayList<>(List.of(0L, -1L, 1L, DAY_US - 1, DAY_US, -DAY_US));
    for (String text :
        List.of(
            "2000-02-29", "1900-03-01", "1969-12-31", "0001-01-01", "-0004-02-29", "9999-12-31")) {
      long us = LocalDate.parse(text).toEpochDay() * DAY_US;
      times.addAll(List.of(us, us - 1, us + DAY_US - 1));
    }
    while (times.size() < ROWS) {
      boolean near = random.nextBoolean() && !times.isEmpty();
      times.add(
          near
              ? times.getLast() + random.nextLong(-DAY_US, DAY_US)
              : random.nextLong(-630_000_000_000_000_000L, 630_000_000_000_000_000L));
    }
    return times;
  }

  private static LocalDateTime local(long us) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(us, 1_000_000L), (int) Math.floorMod(us, 1_000_000L) * 1000, ZoneOffset.UTC);
  }

  private static long us(LocalDateTime time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
  }

  @Test
  void calendarFieldsOfDatesAndTimestamps() {
    field(CalendarField.YEAR, LocalDate::getYear);
    field(CalendarField.QUARTER, date -> date.get(IsoFields.QUARTER_OF_YEAR));
    field(CalendarField.MONTH, LocalDate::getMonthValue);
    field(CalendarField.DAY_OF_MONTH, LocalDate::getDayOfMonth);
    field(CalendarField.DAY_OF_WEEK, date -> date.getDayOfWeek().getValue() % 7 + 1);
    field(CalendarField.DAY_OF_YEAR, LocalDate::getDayOfYear);
  }

  private void field(CalendarField field, ToIntFunction<LocalDate> expected) {
    List<Integer> days = times.stream().map(us -> (int) Math.floorDiv((long) us, DAY_US)).toList();
    ColumnVector date = columns.column(DataType.DATE, days);
    columns.check(
        DataType.INT,
        ROWS,
        random,
        (rows, out) -> field.ofDates(date, rows, out),
        row -> expected.applyAsInt(LocalDate.ofEpochDay(days.get(row))));
    columns.check(
        DataType.INT,
        ROWS,
        random,
        (rows, out) -> field.ofTimestamps(time, rows, out),
        row -> expected.applyAsInt(LocalDate.ofEpochDay(days.get(row))));
  }

  @Test
  void clockFields() {
    clock((rows, out) -> ClockField.hour(time, rows, out), LocalDateTime::getHour);
    clock((rows, out) -> ClockField.minute(time, rows, out), LocalDateTime::getMinute);
    clock((rows, out) -> ClockField.second(time, rows, out), LocalDateTime::getSecond);
  }

  private void clock(KernelColumns.Kernel kernel, ToIntFunction<LocalDateTime> expected) {
    columns.check(
        DataType.INT, ROWS, random, kernel, row -> expected.applyAsInt(local(times.get(row))));
  }

  @ParameterizedTest
  @EnumSource
  void truncationGoesToTheBeginningOfTheUnit(Truncation unit) {
    Function<LocalDateTime, LocalDateTime> expected = truncation(unit);
    columns.check(
        DataType.TIMESTAMP,
        ROWS,
        random,
        (rows, out) -> assertThat(unit.truncate(time, rows, out, false)).isEqualTo(-1),
        row -> us(expected.apply(local(times.get(row)))));
  }

  private static Function<LocalDateTime, LocalDateTime> truncation(Truncation unit) {
    return switch (unit) {
      case MICROSECOND -> time -> time;
      case MILLISECOND -> time -> time.truncatedTo(ChronoUnit.MILLIS);
      case SECOND -> time -> time.truncatedTo(ChronoUnit.SECONDS);
      case MINUTE -> time -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK ->
          time ->
              time.truncatedTo(ChronoUnit.DAYS)
                  .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case QUARTER ->
          time ->
              time.truncatedTo(ChronoUnit.DAYS)
                  .withDayOfMonth(1)
                  .with(ChronoField.MONTH_OF_YEAR, (time.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
    };
  }

  @ParameterizedTest
  @CsvSource({"dd, DAY", "Mon, MONTH", "mm, MONTH", "yyyy, YEAR", "YY, YEAR", "week, WEEK"})
  void unitsHaveShortNames(String name, Truncation unit) {
    assertThat(Truncation.named(name)).contains(unit);
    assertThat(Truncation.named("fortnight")).isEmpty();
  }

  @Test
  void truncationBelowTheEarliestTimestampFails() {
    ColumnVector early = columns.column(DataType.TIMESTAMP, List.of(0L, Long.MIN_VALUE));
    ColumnVector out = columns.result(DataType.TIMESTAMP, 2);
    RowSelection rows = new RowSelection().set(0, 2, RowSelection.ALL);
    for (Truncation unit : Truncation.values()) {
      if (unit != Truncation.MICROSECOND) {
        assertThat(unit.truncate(early, rows, out, false)).as("%s", unit).isEqualTo(1);
      }
    }
    assertThat(Truncation.YEAR.truncate(early, rows, out, true)).isEqualTo(-1);
    assertThat(out.isNull(1)).isTrue();
    assertThat(out.isNull(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "-1, 0", "13, -1", "-1200, 86400000000", "0, -1", "25, 3600000000"})
  void intervalsAddMonthsThenMicroseconds(int months, long microseconds) {
    columns.check(
        DataType.TIMESTAMP,
        ROWS,
        random,
        (rows, out) ->
            assertThat(
                    TimestampArithmetic.plusInterval(time, months, microseconds, rows, out, false))
                .isEqualTo(-1),
        row -> us(local(times.get(row)).plusMonths(months).plus(microseconds, ChronoUnit.MICROS)));
  }

  @Test
  void intervalsBeyondTheLastTimestampFail() {
    ColumnVector ends =
        columns.column(DataType.TIMESTAMP, List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE));
    ColumnVector out = columns.result(DataType.TIMESTAMP, 3);
    RowSelection rows = new RowSelection().set(0, 3, RowSelection.ALL);
    assertThat(TimestampArithmetic.plusInterval(ends, 0, 1, rows, out, false)).isEqualTo(1);
    assertThat(TimestampArithmetic.plusInterval(ends, 1, 0, rows, out, false)).isEqualTo(1);
    assertThat(TimestampArithmetic.plusInterval(ends, 0, -1, rows, out, false)).isEqualTo(2);
    assertThat(TimestampArithmetic.plusInterval(ends, 1, 0, rows, out, true)).isEqualTo(-1);
    assertThat(out.isNull(1)).isTrue();
  }

  @Test
  void datesMoveByDaysAndFailBeyondTheirRange() {
    List<Integer> dates = List.of(0, -1, 20_000, Integer.MAX_VALUE, Integer.MIN_VALUE);
    ColumnVector date = columns.column(DataType.DATE, dates);
    ColumnVector days = columns.column(DataType.INT, List.of(1, -1, -30_000, 1, 1));
    ColumnVector out = columns.result(DataType.DATE, 5);
    RowSelection rows = new RowSelection().set(0, 5, RowSelection.ALL);
    assertThat(DateArithmetic.plusDays(date, days, rows, out, false)).isEqualTo(3);
    assertThat(DateArithmetic.minus(date, days, rows, out, false)).isEqualTo(4);
    out.setAllValid(5);
    assertThat(DateArithmetic.plusDays(date, days, rows, out, true)).isEqualTo(-1);
    assertThat(out.isNull(3)).isTrue();
    assertThat(out.isNull(4)).isFalse();
    long firstThree =
        columns.mask(
            new Random() {
              private static final long serialVersionUID = 1L;
              private int next;

              @Override
              public double nextDouble() {
                return next++;
              }
            },
            3,
            5);
    assertThat(DateArithmetic.plusDays(date, days, rows.set(0, 5, firstThree), out, false))
        .as("rows outside the mask never fail")
        .isEqualTo(-1);
  }

  @Test
  void unitsOfTimeRoundDown() {
    columns.check(
        DataType.BIGINT,
        ROWS,
        random,
        (rows, out) -> TimestampArithmetic.toUnits(time, 1_000_000, rows, out),
        row -> Math.floorDiv((long) times.get(row), 1_000_000L));
    ColumnVector numbers =
        columns.column(DataType.BIGINT, List.of(-1L, 9_223_372_036_854L, Long.MAX_VALUE));
    ColumnVector out = columns.result(DataType.TIMESTAMP, 3);
    RowSelection rows = new RowSelection().set(0, 3, RowSelection.ALL);
    assertThat(TimestampArithmetic.ofUnits(numbers, 1_000_000, rows, out, false)).isEqualTo(2);
  }
}
