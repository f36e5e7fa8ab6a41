package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTextTest {
  private static final Schema READINGS =
      Schema.parse("deviceId STRING, temperature DOUBLE, timestamp TIMESTAMP");
  private static final List<Row> ALERTS =
      List.of(
          Row.of("device-B", 102.1, Instant.parse("2025-10-10T12:01:00Z")),
          Row.of("device-C", 105.7, Instant.parse("2025-10-10T12:02:00Z")));

  @Test
  void truncatedTablesAreRightAligned() {
    assertThat(TableText.of(READINGS, ALERTS, 20, 20))
        .isEqualTo(
            """
            +--------+-----------+-------------------+
            |deviceId|temperature|          timestamp|
            +--------+-----------+-------------------+
            |device-B|      102.1|2025-10-10 12:01:00|
            |device-C|      105.7|2025-10-10 12:02:00|
            +--------+-----------+-------------------+
            """);
  }

  @Test
  void wholeTablesAreLeftAligned() {
    assertThat(TableText.of(READINGS, ALERTS, 20, 0))
        .isEqualTo(
            """
            +--------+-----------+-------------------+
            |deviceId|temperature|timestamp          |
            +--------+-----------+-------------------+
            |device-B|102.1      |2025-10-10 12:01:00|
            |device-C|105.7      |2025-10-10 12:02:00|
            +--------+-----------+-------------------+
            """);
  }

  @Test
  void nestedValuesAreInBraces() {
    Schema schema =
        Schema.parse(
            "window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, a ARRAY<STRING>, m MAP<STRING, BINARY>");
    Row first =
        Row.of(
            Row.of(Instant.parse("2025-10-10T12:01:00Z"), Instant.parse("2025-10-10T12:02:00Z")),
            java.util.Arrays.asList("a", null, "b\n"),
            java.util.Map.of("k", new byte[] {1, 15}));
    Row second = Row.of(Row.of(new Object[2]), List.of(), null);

    assertThat(TableText.of(schema, List.of(first, second), 20, 0))
        .isEqualTo(
            """
            +------------------------------------------+--------------+--------------+
            |window                                    |a             |m             |
            +------------------------------------------+--------------+--------------+
            |{2025-10-10 12:01:00, 2025-10-10 12:02:00}|[a, NULL, b\\n]|{k -> [01 0F]}|
            |{NULL, NULL}                              |[]            |NULL          |
            +------------------------------------------+--------------+--------------+
            """);
  }

  @Test
  void anEmptyTableIsItsHeader() {
    assertThat(TableText.of(Schema.parse("a INT"), List.of(), 20, 20))
        .isEqualTo(
            """
            +---+
            |  a|
            +---+
            +---+
            """);
  }

  @Test
  void moreRowsThanAreShownAreSaid() {
    List<Row> rows = List.of(Row.of(1), Row.of(2), Row.of(3));

    assertThat(TableText.of(Schema.parse("value INT"), rows, 2, 20))
        .isEqualTo(
            """
            +-----+
            |value|
            +-----+
            |    1|
            |    2|
            +-----+
            only showing top 2 rows
            """);
    assertThat(TableText.of(Schema.parse("value INT"), rows, 1, 20))
        .endsWith("only showing top 1 row\n");
    assertThat(TableText.of(Schema.parse("value INT"), rows, 3, 20)).endsWith("+-----+\n");
  }

  @Test
  void longValuesAreCutButNamesAreNot() {
    Schema schema = Schema.parse("a_column_with_a_long_name STRING");
    Row row = Row.of("123456789012345678901");

    assertThat(TableText.of(schema, List.of(row), 20, 20)).contains("|     12345678901234567...|");
    assertThat(TableText.of(schema, List.of(row), 20, 0)).contains("|123456789012345678901    |");
    assertThat(TableText.of(schema, List.of(row), 20, 3)).contains("|                      123|");
    assertThat(TableText.of(schema, List.of(row), 20, 4)).contains("|                     1...|");
  }

  @Test
  void fullWidthCharactersTakeTwoColumns() {
    Schema schema = Schema.parse("名前 STRING, n INT");

    assertThat(TableText.of(schema, List.of(Row.of("センサー", 1), Row.of("a", 2)), 20, 20))
        .isEqualTo(
            """
            +--------+---+
            |    名前|  n|
            +--------+---+
            |センサー|  1|
            |       a|  2|
            +--------+---+
            """);
  }

  @Test
  void charactersThatWouldBreakTheTableAreEscaped() {
    assertThat(
            TableText.of(
                Schema.parse("s STRING"), List.of(Row.of("a\nb\r\t\f\b\u000B\u0007")), 20, 0))
        .contains("|a\\nb\\r\\t\\f\\b\\v\\a|");
  }

  @Test
  void valuesReadAsSparkPrintsThem() {
    assertThat(CellText.of(null)).isEqualTo("NULL");
    assertThat(CellText.of(true)).isEqualTo("true");
    assertThat(CellText.of(1.0)).isEqualTo("1.0");
    assertThat(CellText.of(1.0E10)).isEqualTo("1.0E10");
    assertThat(CellText.of(0.1f)).isEqualTo("0.1");
    assertThat(CellText.of(Double.NaN)).isEqualTo("NaN");
    assertThat(CellText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(CellText.of(new byte[] {1, (byte) 0xAB})).isEqualTo("[01 AB]");
    assertThat(CellText.of(LocalDate.of(2025, 1, 2))).isEqualTo("2025-01-02");
    assertThat(CellText.of(Instant.parse("2025-10-10T12:01:00.1205Z")))
        .isEqualTo("2025-10-10 12:01:00.1205");
    assertThat(CellText.of(Instant.parse("1969-12-31T23:59:59.999999Z")))
        .isEqualTo("1969-12-31 23:59:59.999999");
  }
}
