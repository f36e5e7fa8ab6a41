package io.millrace.physical.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFunctionsTest {
  /** t: 1969-12-31 23:59:58.5, d: 2024-02-29. */
  private final SqlExpressions sql =
      new SqlExpressions("t TIMESTAMP, d DATE, s STRING, n BIGINT")
          .row(-1_500_000L, 19_782, "10/02/2024 03:04", 1_707_534_240L)
          .row(null, null, null, null);

  @AfterEach
  void close() {
    sql.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "year(t)|1969",
        "year(d)|2024",
        "quarter(d)|1",
        "month(t)|12",
        "dayofmonth(d)|29",
        "day(t)|31",
        "dayofweek(d)|5",
        "hour(t)|23",
        "minute(t)|59",
        "second(t)|58",
        "CAST(date_trunc('second', t) AS STRING)|1969-12-31 23:59:58",
        "CAST(date_trunc('HOUR', t) AS STRING)|1969-12-31 23:00:00",
        "CAST(date_trunc('week', t) AS STRING)|1969-12-29 00:00:00",
        "CAST(date_trunc('MM', t) AS STRING)|1969-12-01 00:00:00",
        "CAST(date_trunc('quarter', t) AS STRING)|1969-10-01 00:00:00",
        "CAST(date_trunc('year', t) AS STRING)|1969-01-01 00:00:00",
        "CAST(date_add(d, 1) AS STRING)|2024-03-01",
        "CAST(date_sub(d, 60) AS STRING)|2023-12-31",
        "datediff(d, DATE '2024-01-01')|59",
        "CAST(t + INTERVAL 2 SECONDS AS STRING)|1970-01-01 00:00:00.5",
        "CAST(t - INTERVAL 1 MONTH AS STRING)|1969-11-30 23:59:58.5",
        "CAST(d + INTERVAL 1 YEAR AS STRING)|2025-02-28",
        "unix_timestamp(t)|-2",
        "unix_timestamp(d)|1709164800",
        "unix_timestamp(s, 'dd/MM/yyyy HH:mm')|1707534240",
        "unix_timestamp('1970-01-02 00:00:00')|86400",
        "unix_timestamp()|1760097662",
        "from_unixtime(n)|2024-02-10 03:04:00",
        "from_unixtime(n, 'dd.MM.yyyy')|10.02.2024",
        "CAST(timestamp_seconds(n) AS STRING)|2024-02-10 03:04:00",
        "CAST(timestamp_millis(1500) AS STRING)|1970-01-01 00:00:01.5",
        "CAST(timestamp_micros(-1) AS STRING)|1969-12-31 23:59:59.999999",
        "CAST(to_timestamp('2025-10-10T12:01:00Z') AS STRING)|2025-10-10 12:01:00",
        "CAST(to_timestamp(s, 'dd/MM/yyyy HH:mm') AS STRING)|2024-02-10 03:04:00",
        "CAST(to_date(s, 'dd/MM/yyyy HH:mm') AS STRING)|2024-02-10",
        "CAST(to_date('2024-02-29') AS STRING)|2024-02-29",
        "CAST(to_date(t) AS STRING)|1969-12-31",
        "CAST(current_timestamp() AS STRING)|2025-10-10 12:01:02.5",
        "CAST(current_date() AS STRING)|2025-10-10",
      })
  void functionsGiveWhatSparkGives(String expression, String expected) {
    assertThat(Objects.toString(sql.first(expression))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "year(t)",
        "hour(t)",
        "date_trunc('day', t)",
        "date_add(d, 1)",
        "t + INTERVAL 1 DAY",
        "from_unixtime(n)",
        "to_date(s, 'dd')",
      })
  void nullInIsNullOut(String expression) {
    assertThat(sql.values(expression, false).get(1)).isNull();
  }

  @Test
  void theArrivalTimeIsReadAnewForEveryBatch() {
    assertThat(sql.values("current_timestamp()"))
        .containsExactly(SqlExpressions.ARRIVAL_US, SqlExpressions.ARRIVAL_US);
  }

  @Test
  void textThatDoesNotMatchItsFormatFailsOrIsNull() {
    assertThatThrownBy(() -> sql.first("to_date(s, 'yyyy-MM-dd')"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
        .hasMessageContaining("to_date(s, 'yyyy-MM-dd')")
        .hasMessageContaining("does not match the format 'yyyy-MM-dd'")
        .hasMessageContaining("s = '10/02/2024 03:04'")
        .hasMessageContaining("millrace.ansi=false");
    assertThat(sql.values("to_date(s, 'yyyy-MM-dd')", false)).containsExactly(null, null);
  }

  @Test
  void resultsBeyondTheRangeFailOrAreNull() {
    assertThatThrownBy(() -> sql.first("timestamp_seconds(n * 10000000)"))
        .hasMessageContaining("the result is outside TIMESTAMP");
    assertThat(sql.values("timestamp_seconds(n * 10000000)", false).getFirst()).isNull();
    assertThatThrownBy(() -> sql.first("date_add(d, 2147483647)"))
        .hasMessageContaining("the result is outside DATE");
  }

  @Test
  void wrongUnitsAndFormatsAreRefusedBeforeAnyRow() {
    assertThatThrownBy(() -> sql.first("date_trunc('fortnight', t)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("there is no unit 'fortnight'")
        .hasMessageContaining("QUARTER");
    assertThatThrownBy(() -> sql.first("to_date(s, 'YYYY')"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("date-time pattern 'YYYY'");
  }

  @Test
  void onlyUtcIsATimeZoneSoFar() {
    SessionTimeZone.requireUtc("UTC");
    SessionTimeZone.requireUtc("Z");
    SessionTimeZone.requireUtc("Etc/UTC");
    assertThatThrownBy(() -> SessionTimeZone.requireUtc("Europe/Berlin"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage("millrace.timeZone: the time zone Europe/Berlin is not supported yet; use UTC");
    assertThatThrownBy(() -> SessionTimeZone.requireUtc("Mars"))
        .hasMessageContaining("there is no time zone 'Mars'");
  }
}
