package io.millrace.vector.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimePatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yyyy-MM-dd HH:mm:ss | 2025-10-10 12:01:02 | 2025-10-10T12:01:02Z",
        "yyyy-MM-dd | 1969-07-20 | 1969-07-20T00:00:00Z",
        "dd/MM/yyyy | 29/02/2000 | 2000-02-29T00:00:00Z",
        "MMM d, yyyy h:mm a | oct 9, 2025 1:05 PM | 2025-10-09T13:05:00Z",
        "yyyy-MM-dd'T'HH:mm:ssXXX | 2025-10-10T12:01:02+02:00 | 2025-10-10T10:01:02Z",
        "yyyy-MM-dd HH:mm:ss.SSSSSS | 2025-10-10 12:01:02.5 | 2025-10-10T12:01:02.500Z",
        "yyyy-MM-dd HH:mm[:ss[.SSS]] | 2025-10-10 12:01 | 2025-10-10T12:01:00Z",
        "yyyyMMddHHmmss | 20251010120102 | 2025-10-10T12:01:02Z",
        "yyyy | 2025 | 2025-01-01T00:00:00Z",
        "yyyy-DDD | 2024-060 | 2024-02-29T00:00:00Z",
        "yyyy-MM-dd hh | 2024-02-03 05 | 2024-02-03T05:00:00Z",
        "'day' d MMMM yyyy 'o''clock' | day 3 March 2024 o'clock | 2024-03-03T00:00:00Z",
        "yyyy-MM-dd HH:mm:ss VV | 2025-07-01 12:00:00 Europe/Berlin | 2025-07-01T10:00:00Z",
      })
  void readsWhatTheLettersSay(String pattern, String text, Instant expected) {
    assertThat(new DateTimePattern(pattern).parse(text))
        .hasValue(ChronoUnit.MICROS.between(Instant.EPOCH, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yyyy-MM-dd | 2025-02-30",
        "yyyy-MM-dd | 2025-2-3",
        "yyyy-MM-dd | 2025-02-03 x",
        "yyyy-MM-dd HH:mm | 2025-02-03 24:00",
        "yyyy-MM-dd | -",
      })
  void refusesWhatDoesNotMatch(String pattern, String text) {
    assertThat(new DateTimePattern(pattern).parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yyyy-MM-dd HH:mm:ss.SSS | 2025-10-10 12:01:02.050",
        "EEE, d MMM yyyy | Fri, 10 Oct 2025",
        "yyyy-MM-dd'T'HH:mm:ssXXX | 2025-10-10T12:01:02Z",
        "H 'h' | 12 h",
      })
  void writesWhatTheLettersSay(String pattern, String expected) {
    long us = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2025-10-10T12:01:02.050Z"));
    assertThat(new DateTimePattern(pattern).format(us)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YYYY-MM-dd", "yyyy-bb", "yyyy-ww", "SSSSSSSSSS", "yyyy 'open"})
  void brokenPatternsAreRefused(String pattern) {
    assertThatThrownBy(() -> new DateTimePattern(pattern))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("date-time pattern '" + pattern + "'");
  }

  @Test
  void rowsThatDoNotMatchFailOrBecomeNull() {
    try (KernelColumns columns = new KernelColumns()) {
      ColumnVector text = columns.column(DataType.STRING, List.of("2025", "x", "1969"));
      ColumnVector out = columns.result(DataType.DATE, 3);
      RowSelection rows = new RowSelection().set(0, 3, RowSelection.ALL);
      DateTimePattern year = new DateTimePattern("yyyy");
      assertThat(year.parseDates(text, rows, out, false)).isEqualTo(1);
      assertThat(year.parseDates(text, rows, out, true)).isEqualTo(-1);
      assertThat(Cell.get(out, 0)).isEqualTo(20_089);
      assertThat(Cell.get(out, 1)).isNull();
      assertThat(Cell.get(out, 2)).isEqualTo(-365);
      assertThat(year.parseTimestamps(text, rows, columns.result(DataType.TIMESTAMP, 3), false))
          .isEqualTo(1);
    }
  }
}
