package io.millrace.vector.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.text.AsciiText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parser and formatter against java.time. */
class TimestampTextTest {
  private static final long FIRST_US = micros(Instant.parse("0001-01-01T00:00:00Z"));
  private static final long END_US = micros(Instant.parse("9999-12-31T23:59:59.999999Z")) + 1;

  private final AsciiText text = new AsciiText();
  private final TimestampParser parser = new TimestampParser();
  private final SplittableRandom random = new SplittableRandom(20251010);

  @AfterEach
  void releaseMemory() {
    text.close();
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Test
  void randomTimestampsReadAsJavaTimeReadsThem() {
    for (int i = 0; i < 200_000; i++) {
      long us = random.nextLong(FIRST_US + 86_400_000_000L, END_US - 86_400_000_000L);
      us = i % 3 == 0 ? Math.floorDiv(us, 1_000_000L) * 1_000_000 : us;
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      OffsetDateTime time = Instant.EPOCH.plus(us, ChronoUnit.MICROS).atOffset(zone);
      String iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      check(iso, us);
      check(iso.replace('T', ' '), us);
      String utc = Instant.EPOCH.plus(us, ChronoUnit.MICROS).toString();
      check(utc, us);
      check(utc.replace("Z", ""), us);
    }
  }

  private void check(String value, long us) {
    assertThat(parser.parse(text.put(value), text.length())).as(value).isTrue();
    assertThat(parser.valueUs()).as(value).isEqualTo(us);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-10T12:01:00Z, 2025-10-10T12:01:00Z",
    "2025-10-10 12:01:00, 2025-10-10T12:01:00Z",
    "2025-10-10T12:01:00+02:00, 2025-10-10T10:01:00Z",
    "2025-10-10T12:01:00-0230, 2025-10-10T14:31:00Z",
    "2025-10-10T12:01:00+02, 2025-10-10T10:01:00Z",
    "2025-10-10T12:01:00UTC, 2025-10-10T12:01:00Z",
    "2025-10-10T12:01:00.1234567Z, 2025-10-10T12:01:00.123456Z",
    "2025-10-10T12:01:00.123456789+01:00, 2025-10-10T11:01:00.123456Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
    "2025-10-10, 2025-10-10T00:00:00Z",
    "2025-1-2 3:4:5.5, 2025-01-02T03:04:05.5Z",
    "2025-1-2T13:04, 2025-01-02T13:04:00Z",
    "2025-10, 2025-10-01T00:00:00Z",
    "2025, 2025-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
  })
  void castForms(String value, Instant expected) {
    check("1970-01-01T00:00:00Z", 0);
    check(value, micros(expected));
    check(value, micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "202",
        "20251",
        "2025-",
        "2025-13-01",
        "2025-00-01",
        "2025-02-30",
        "2023-02-29T00:00:00Z",
        "1900-02-29",
        "2025-04-31T00:00:00Z",
        "2025-10-10T",
        "2025-10-10T12",
        "2025-10-10T12:",
        "2025-10-10T24:00:00Z",
        "2025-10-10T12:60:00Z",
        "2025-10-10T12:00:60Z",
        "2025-10-10T12:01:00Zx",
        "2025-10-10T12:01:00.",
        "2025-10-10T12:01:00.Z",
        "2025-10-10T12:01:00.1234567890Z",
        "2025-10-10T12:01:00+",
        "2025-10-10T12:01:00+2",
        "2025-10-10T12:01:00+19:00",
        "2025-10-10T12:01:00+02:60",
        "2025-10-10T12:01:00+02:",
        "2025-10-10x12:01:00Z",
        "2025/10/10",
        "0000-01-01",
        " 2025-10-10",
        "2025-10-10 ",
        "10000-01-01",
        "-2025-01-01",
        "2025-10-10T12.01:00Z",
        "2025-10-10T1::01:00Z",
        "2025-10-10T12:01:00 Z",
        "2025-10-10T12:01:0\u00a0Z",
        "\0\0\0\0\0\0\0\0\0\0T12:01:00Z",
        "2025-10-10T12:01:00z",
        "2025-10-10T3\u00f0:01:00Z"
      })
  void noTimestamp(String value) {
    check("2025-10-10T12:01:00Z", 1760097660000000L);
    assertThat(parser.parse(text.put(value), text.length())).isFalse();
    assertThat(new TimestampParser().parse(text.put(value), text.length())).isFalse();
  }

  @Test
  void datesReadAndPrintAsLocalDate() {
    for (int days = (int) LocalDate.of(1, 1, 1).toEpochDay();
        days <= LocalDate.of(9999, 12, 31).toEpochDay();
        days += 1 + random.nextInt(3)) {
      String expected = LocalDate.ofEpochDay(days).toString();
      assertThat(text.get(TimestampFormatter.formatDate(days, text.address()))).isEqualTo(expected);
      assertThat(parser.parseDate(text.put(expected), text.length())).isTrue();
      assertThat(parser.valueDays()).isEqualTo(days);
    }
    assertThat(parser.parseDate(text.put("2025-10-10T12:01:00Z"), text.length())).isTrue();
    assertThat(parser.parseDate(text.put("2025-10-10x"), text.length())).isFalse();
    assertThat(parser.parseDate(text.put("2025-02-29"), text.length())).isFalse();
  }

  @Test
  void timestampsPrintInIsoAndInSqlForm() {
    DateTimeFormatter millis = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    DateTimeFormatter full = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    for (int i = 0; i < 100_000; i++) {
      long us = random.nextLong(FIRST_US, END_US);
      us = Math.floorDiv(us, 1000L) * 1000 + (i % 2 == 0 ? 0 : Math.floorMod(us, 1000L));
      OffsetDateTime time = Instant.EPOCH.plus(us, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      String expected = (us % 1000 == 0 ? millis : full).format(time);
      assertThat(text.get(TimestampFormatter.formatIso(us, text.address()))).isEqualTo(expected);
      String sql = full.format(time).replace('T', ' ').replaceAll("\\.?0*Z$", "");
      assertThat(text.get(TimestampFormatter.formatSql(us, text.address()))).isEqualTo(sql);
    }
  }

  @Test
  void yearsOfMoreThanFourDigitsPrintWithASign() {
    long us = micros(Instant.parse("+12025-10-10T12:01:00Z"));
    assertThat(text.get(TimestampFormatter.formatIso(us, text.address())))
        .isEqualTo("+12025-10-10T12:01:00.000Z");
    for (long edge : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      int size = TimestampFormatter.formatIso(edge, text.address());
      assertThat(Instant.parse(text.get(size)))
          .isEqualTo(Instant.EPOCH.plus(edge, ChronoUnit.MICROS));
    }
  }
}
