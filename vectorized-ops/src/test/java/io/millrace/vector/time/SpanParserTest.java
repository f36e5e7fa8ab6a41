package io.millrace.vector.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanParserTest {
  private final KernelColumns columns = new KernelColumns();

  @AfterEach
  void close() {
    columns.close();
  }

  private static RowSelection all(int rows) {
    return new RowSelection().set(0, rows, RowSelection.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "5 minutes, 300000000",
    "1 MINUTE, 60000000",
    "  90   seconds , 90000000",
    "500ms, 500000",
    "1 week 2 days, 777600000000",
    "1 hour -30 seconds, 3570000000",
    "-1 us, -1",
    "0 seconds, 0",
    "1 d, 86400000000",
    "3 m, 180000000",
    "7 microseconds, 7"
  })
  void lengthsAreNumbersAndUnits(String text, long us) {
    ColumnVector texts = columns.column(DataType.STRING, List.of(text));
    ColumnVector out = columns.result(DataType.BIGINT, 1);
    out.setAllValid(1);
    assertThat(SpanParser.parse(texts, all(1), out, false)).isEqualTo(-1);
    assertThat(Memory.getLong(out.data())).isEqualTo(us);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "minutes",
        "5 parsecs",
        "1 month",
        "2 years",
        "5 minutes later",
        "1.5 seconds",
        "- 5 seconds",
        "99999999999999999999 seconds",
        "9223372036854775807 weeks",
        "9223372036854775807 us 1 us",
        "5 мин",
        "ss"
      })
  void nothingElseIsALength(String text) {
    ColumnVector texts = columns.column(DataType.STRING, Arrays.asList("1 second", text));
    ColumnVector out = columns.result(DataType.BIGINT, 2);
    out.setAllValid(2);
    assertThat(SpanParser.parse(texts, all(2), out, false)).isEqualTo(1);
    assertThat(SpanParser.parse(texts, all(2), out, true)).isEqualTo(-1);
    assertThat(out.isNull(0)).isFalse();
    assertThat(out.isNull(1)).isTrue();
  }

  @Test
  void boundsStayAtTheEndsOfTime() {
    ColumnVector times =
        columns.column(
            DataType.TIMESTAMP,
            List.of(Long.MAX_VALUE - 5, Long.MAX_VALUE, Long.MIN_VALUE + 5, Long.MIN_VALUE, 0L));
    ColumnVector out = columns.result(DataType.TIMESTAMP, 5);
    TimestampArithmetic.plusSaturated(times, 10, all(5), out);
    assertThat(longs(out))
        .containsExactly(
            Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 15, Long.MIN_VALUE + 10, 10L);
    TimestampArithmetic.plusSaturated(times, -10, all(5), out);
    assertThat(longs(out))
        .containsExactly(
            Long.MAX_VALUE - 15, Long.MAX_VALUE - 10, Long.MIN_VALUE, Long.MIN_VALUE, -10L);
  }

  private static long[] longs(ColumnVector column) {
    long[] values = new long[5];
    Arrays.setAll(values, row -> Memory.getLong(column.data() + 8L * row));
    return values;
  }
}
