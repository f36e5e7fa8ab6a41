package io.millrace.vector.json;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One outcome per line, and the next line is right. */
class JsonLinesDecoderTest {
  private static final String GOOD = "{\"a\": 1, \"s\": \"x\"}";
  private static final List<Object> GOOD_ROW = List.of(1, "x");
  private static final List<Object> NULLS = asList(null, null);

  private static List<List<Object>> decode(String ddl, String... lines) {
    try (JsonFixture json = new JsonFixture(ddl)) {
      return json.decode(String.join("\n", lines));
    }
  }

  @Test
  void readingsOfTheExample() {
    assertThat(
            decode(
                "deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE",
                "{\"deviceId\": \"device-A\", \"timestamp\": \"2025-10-10T12:01:00Z\", \"temperature\": 65.5}",
                "{\"deviceId\": \"device-B\", \"timestamp\": \"2025-10-10T12:01:00Z\", \"temperature\": 102.1}"))
        .containsExactly(
            List.of("device-A", Instant.parse("2025-10-10T12:01:00Z"), 65.5),
            List.of("device-B", Instant.parse("2025-10-10T12:01:00Z"), 102.1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":1x}",
        "{\"a\":tru}",
        "{\"a\":nul}",
        "{\"a\":NaN}",
        "{\"s\":\"x}",
        "{\"s\":\"\\x\"}",
        "{\"s\":\"\\u12g4\"}",
        "{\"s\":\"\\u12\"}",
        "{\"s\":\"a\tb\"}",
        "{\"s\":\"a\0b\"}",
        "\0",
        "{\"a\":1}\0",
        "{\"z\":[1,2}",
        "{\"z\":{\"y\":1]}",
        "{\"z\":[1 2]}",
        "{\"z\":[1,]}",
        "{\"z\":{\"y\"}}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":1}{\"a\":1}",
        "[]",
        "[{\"a\":1}]",
        "1",
        "\"x\"",
        "null",
        "garbage",
        "{\"a\": 1, \"s\": \"x\"",
        "{\"a\": 1, \"s\": \"x\"}}",
        "{\"a\": 1, \"s\": \"x",
        "{\"a\":1 \"s\":\"x\"}",
        "{\"a\": 1/**/}",
        "{\"a\": }",
        "{\"z\": \"\\ud83d\\u\"}",
        "{\"\\q\": 1}",
        "{\"a\":--1}",
        "{\"a\":1-}",
        "{\"a\":truex}"
      })
  void corruptLineGivesOneRejectAndTheNextLineIsRight(String line) {
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      assertThat(json.decode(GOOD + "\n" + line + "\n" + GOOD + "\n"))
          .containsExactly(GOOD_ROW, NULLS, GOOD_ROW);
      assertThat(json.rejects).hasSize(1).first().asString().startsWith(line + " -> ");
      assertThat(json.decoder.rejectCount()).isEqualTo(1);
      assertThat(json.decoder.lineNumber()).isEqualTo(3);
      assertThat(json.mode(JsonMode.DROPMALFORMED).decode(GOOD + "\n" + line + "\n" + GOOD))
          .containsExactly(GOOD_ROW, GOOD_ROW);
      assertThat(json.decode(line)).isEmpty();
      assertThat(json.rejects).hasSize(1);
      assertThatThrownBy(
              () -> json.mode(JsonMode.FAILFAST).decode(GOOD + "\n" + line + "\n" + GOOD))
          .isInstanceOf(MillraceException.class)
          .hasMessageStartingWith("line 2: ");
      assertThat(json.decoder.lineOffset()).isEqualTo(GOOD.length() + 1);
    }
    try (JsonFixture json = new JsonFixture("a INT, s STRING, _corrupt_record STRING")) {
      assertThat(json.decode(GOOD + "\n" + line + "\r\n" + GOOD))
          .containsExactly(asList(1, "x", null), asList(null, null, line), asList(1, "x", null));
    }
  }

  @Test
  void everyPrefixOfALineIsCorrupt() {
    String line =
        "{\"a\": 12, \"s\": \"x\\u00e4y\", \"n\": {\"k\": [1.5e3, true, null]}, \"z\": false}";
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      for (int length = 1; length < line.length(); length++) {
        assertThat(json.decode(line + "\n" + line.substring(0, length) + "\n" + line))
            .as(line.substring(0, length))
            .containsExactly(List.of(12, "xäy"), NULLS, List.of(12, "xäy"));
        assertThat(json.decode(line + "\n" + line.substring(0, length)))
            .containsExactly(List.of(12, "xäy"), NULLS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a TINYINT, 128",
    "a TINYINT, -129",
    "a SMALLINT, 32768",
    "a INT, 2147483648",
    "a BIGINT, 9223372036854775808",
    "a BIGINT, 18446744073709551615",
    "a INT, 65.0",
    "a INT, 1e3",
    "a BIGINT, '\"1\"'",
    "a INT, true",
    "a INT, {}",
    "a INT, [1]",
    "a DOUBLE, 1e400",
    "a DOUBLE, -1e400",
    "a FLOAT, 1e39",
    "a DOUBLE, '\"1.5\"'",
    "a DOUBLE, false",
    "a BOOLEAN, 1",
    "a BOOLEAN, '\"true\"'",
    "a TIMESTAMP, 1.5",
    "a TIMESTAMP, '\"x\"'",
    "a TIMESTAMP, 9223372036854775807",
    "a DATE, 3",
    "a DATE, '\"2025-02-30\"'",
    "a TIMESTAMP, '\"2025-10-10T12:00:60Z\"'",
    "a BINARY, '\"AAA\"'",
    "a BINARY, '\"A*==\"'",
    "a BINARY, 7",
    "'a DECIMAL(3,1)', 100",
    "'a DECIMAL(3,1)', '\"x\"'",
    "a INT, '\"\"'",
    "a TIMESTAMP, '\"\"'",
    "a DOUBLE, '\"nan\"'"
  })
  void wrongTypeLosesOnlyThatField(String ddl, String value) {
    String line = "{\"a\": " + value + ", \"b\": 7}";
    try (JsonFixture json = new JsonFixture(ddl + ", b INT")) {
      assertThat(json.decode("{\"a\": null, \"b\": 6}\n" + line + "\n{\"b\": 8}"))
          .containsExactly(asList(null, 6), asList(null, 7), asList(null, 8));
      assertThat(json.rejects).hasSize(1).first().asString().contains("column a: the value is no ");
    }
    try (JsonFixture json = new JsonFixture(ddl + ", b INT, _corrupt_record STRING")) {
      assertThat(json.decode(line)).containsExactly(asList(null, 7, line));
    }
    try (JsonFixture json = new JsonFixture(ddl + " NOT NULL, b INT")) {
      assertThat(json.decode(line + "\n" + line)).isEmpty();
      assertThat(json.decoder.rejectCount()).isEqualTo(2);
    }
    try (JsonFixture json = new JsonFixture(ddl + ", b INT", 1)) {
      assertThat(json.decode(line + "\n" + line)).containsExactly(List.of(7), List.of(7));
      assertThat(json.rejects).isEmpty();
    }
  }

  @Test
  void valuesOfEveryType() {
    String ddl =
        "a TINYINT, b SMALLINT, c INT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(10,2), h BOOLEAN, i STRING, j BINARY, k DATE, l TIMESTAMP";
    List<List<Object>> rows =
        decode(
            ddl,
            "{\"a\":-128,\"b\":32767,\"c\":-2147483648,\"d\":9007199254740993,\"e\":1.1,\"f\":1e-7,\"g\":1.005,\"h\":true,\"i\":\"ü\",\"j\":\"AQID\",\"k\":\"2025-10-10\",\"l\":\"2025-10-10 12:01:00.5\"}",
            "{\"a\":0,\"b\":-0,\"c\":10,\"d\":-9223372036854775808,\"e\":\"NaN\",\"f\":\"-Infinity\",\"g\":\"-1.005\",\"h\":false,\"i\":\"\",\"j\":\"\",\"k\":\"0001-01-01\",\"l\":1760097660}",
            "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":null,\"g\":null,\"h\":null,\"i\":null,\"j\":null,\"k\":null,\"l\":null}");
    assertThat(rows.get(0))
        .containsExactly(
            (byte) -128,
            (short) 32767,
            Integer.MIN_VALUE,
            9007199254740993L,
            1.1f,
            1e-7,
            new BigDecimal("1.01"),
            true,
            "ü",
            "010203",
            LocalDate.of(2025, 10, 10),
            Instant.parse("2025-10-10T12:01:00.5Z"));
    assertThat(rows.get(1))
        .containsExactly(
            (byte) 0,
            (short) 0,
            10,
            Long.MIN_VALUE,
            Float.NaN,
            Double.NEGATIVE_INFINITY,
            new BigDecimal("-1.01"),
            false,
            "",
            "",
            LocalDate.of(1, 1, 1),
            Instant.ofEpochSecond(1760097660));
    assertThat(rows.get(2)).containsOnlyNulls();
  }

  @Test
  void otherValuesInAStringColumnKeepTheirText() {
    assertThat(
            decode(
                "s STRING",
                "{\"s\": 1.50}",
                "{\"s\": 2}",
                "{\"s\": true}",
                "{\"s\": null}",
                "{\"s\": {\"k\": [1, \"}\"]} }",
                "{\"s\":[ ]}",
                "{\"s\": -0.0e1}"))
        .containsExactly(
            List.of("1.50"),
            List.of("2"),
            List.of("true"),
            asList((Object) null),
            List.of("{\"k\": [1, \"}\"]}"),
            List.of("[ ]"),
            List.of("-0.0e1"));
  }

  @Test
  void escapesAreResolvedInValuesAndNames() {
    assertThat(
            decode(
                "s STRING, t TIMESTAMP",
                "{\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e4\\u20AC\\ud83d\\ude00\"}",
                "{\"\\u0073\":\"x\", \"t\": \"2025\\u002d10-10\"}",
                "{\"s\":\"\\ud83d\"}",
                "{\"s\":\"\\ude00\\ud83d\"}",
                "{\"s\":\"\\ud83dx\\ud83d\\u0041\"}",
                "{\"s\":\"\\u0000\"}"))
        .containsExactly(
            asList("\"\\/\b\f\n\r\tAä€😀", null),
            asList("x", Instant.parse("2025-10-10T00:00:00Z")),
            asList("\ufffd", null),
            asList("\ufffd\ufffd", null),
            asList("\ufffdx\ufffdA", null),
            asList("\0", null));
  }

  @Test
  void missingExtraAndDuplicateFields() {
    assertThat(
            decode(
                "a INT, s STRING",
                "{}",
                "{ }",
                "{\"z\": 1}",
                "{\"a\": 1, \"z\": {\"a\": 5}, \"s\": \"x\"}",
                "{\"a\": 1, \"a\": 2}",
                "{\"s\": \"long\", \"s\": \"x\"}",
                "{\"s\": \"x\", \"s\": null}",
                "{\"a\": null, \"a\": 3}",
                "{\"A\": 1}",
                "{\"a\": 1, \"s\": \"x\", \"a\": 9}"))
        .containsExactly(
            NULLS,
            NULLS,
            NULLS,
            asList(1, "x"),
            asList(2, null),
            asList(null, "x"),
            NULLS,
            asList(3, null),
            NULLS,
            asList(9, "x"));
  }

  @Test
  void noValueInANotNullColumnDropsTheRow() {
    try (JsonFixture json = new JsonFixture("a INT NOT NULL, s STRING")) {
      assertThat(json.decode(GOOD + "\n{\"a\": null, \"s\": \"x\"}\n{\"s\": \"x\"}\n" + GOOD))
          .containsExactly(GOOD_ROW, GOOD_ROW);
      assertThat(json.rejects)
          .hasSize(2)
          .allMatch(
              reject -> reject.endsWith("column a: null or missing, but the schema says NOT NULL"));
    }
  }

  @Test
  void blankLinesAndWhiteSpaceAreNoRows() {
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      String text =
          "\n\n"
              + GOOD
              + "\r\n \t\r\n"
              + GOOD
              + "\n\n  { \"a\" :\t1 , \"s\" : \"x\" }  \r\n\n \n"
              + GOOD
              + "\n\n ";
      assertThat(json.decode(text)).containsExactly(GOOD_ROW, GOOD_ROW, GOOD_ROW, GOOD_ROW);
      assertThat(json.rejects).isEmpty();
      assertThat(json.decode("")).isEmpty();
      assertThat(json.decode(" \n ")).isEmpty();
    }
  }

  @Test
  void byteOrderMarkAtTheBeginningIsSkipped() {
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      assertThat(json.decode("\ufeff" + GOOD + "\n" + GOOD)).containsExactly(GOOD_ROW, GOOD_ROW);
      assertThat(json.decode("\ufeff")).isEmpty();
      assertThat(json.rejects).isEmpty();
      assertThat(json.decode(GOOD + "\n\ufeff" + GOOD)).containsExactly(GOOD_ROW, NULLS);
    }
  }

  @Test
  void invalidUtf8IsCorruptAndItsRecordIsMended() throws Exception {
    String[] broken = {
      "ff", "c3", "c328", "c080", "e08080", "eda080", "f0808080", "f4908080", "80", "e282", "f09f98"
    };
    for (String hex : broken) {
      for (String field : new String[] {"s", "z"}) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String good = "{\"s\": \"ä\", \"z\": \"ö\"}\n";
        text.write(good.getBytes(StandardCharsets.UTF_8));
        text.write(
            (field.equals("s") ? "{\"s\": \"" : "{\"s\": \"ä\", \"z\": \"")
                .getBytes(StandardCharsets.UTF_8));
        text.write(java.util.HexFormat.of().parseHex(hex));
        text.write(
            (field.equals("s") ? "\", \"z\": \"ö\"}\n" : "\"}\n").getBytes(StandardCharsets.UTF_8));
        text.write(good.getBytes(StandardCharsets.UTF_8));
        try (JsonFixture json = new JsonFixture("s STRING, _corrupt_record STRING")) {
          List<List<Object>> rows = json.decode(text.toByteArray());
          assertThat(rows).as(hex).hasSize(3);
          assertThat(rows.get(1).get(0)).as(hex).isNull();
          assertThat((String) rows.get(1).get(1)).as(hex).contains("\ufffd");
          assertThat(rows.get(2)).as(hex).isEqualTo(asList("ä", null));
        }
      }
    }
  }

  @Test
  void aLineOfTwentyMegabytes() {
    String value = "0123456789abcdef".repeat(20 * 65536);
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      for (String text : new String[] {value, value + "\\n"}) {
        List<List<Object>> rows =
            json.decode(
                GOOD
                    + "\n{\"a\": 1, \"s\": \""
                    + text
                    + "\"}\n"
                    + GOOD
                    + "\n{\"z\": \""
                    + text
                    + "\"}\n"
                    + GOOD);
        assertThat(rows).hasSize(5);
        assertThat(rows.get(1).get(1)).isEqualTo(text.replace("\\n", "\n"));
        assertThat(rows.get(2)).isEqualTo(GOOD_ROW);
        assertThat(rows.get(4)).isEqualTo(GOOD_ROW);
      }
    }
  }

  @Test
  void nestingOfAHundredThousandLevels() {
    int depth = 100_000;
    String arrays = "[".repeat(depth) + "]".repeat(depth);
    String objects = "{\"k\":".repeat(depth) + "1" + "}".repeat(depth);
    try (JsonFixture json = new JsonFixture("a INT, s STRING")) {
      assertThat(
              json.decode(
                  "{\"s\": "
                      + arrays
                      + "}\n{\"z\": "
                      + objects
                      + ", \"a\": 1}\n{\"s\": "
                      + arrays
                      + "]}\n{\"z\": "
                      + "[".repeat(depth)
                      + "\n"
                      + arrays
                      + "\n"
                      + GOOD))
          .containsExactly(asList(null, arrays), asList(1, null), NULLS, NULLS, NULLS, GOOD_ROW);
    }
  }

  @Test
  void rowsThatAreDroppedLeaveNoTraceInTheNext() {
    try (JsonFixture json = new JsonFixture("a INT, s STRING").mode(JsonMode.DROPMALFORMED)) {
      assertThat(
              json.decode(
                  GOOD
                      + "\n{\"a\": null, \"s\": null, x}\n"
                      + GOOD
                      + "\n{\"s\": null, \"a\": \"x\"}\n"
                      + GOOD))
          .containsExactly(GOOD_ROW, GOOD_ROW, GOOD_ROW);
    }
  }

  @Test
  void noNeededColumnsStillCountsGoodLines() {
    try (JsonFixture json = new JsonFixture("a INT, s STRING", new int[0])) {
      assertThat(
              json.mode(JsonMode.DROPMALFORMED)
                  .decode(GOOD + "\n" + GOOD + "\n{\"a\": 1x}\n" + GOOD))
          .hasSize(3);
    }
  }

  @Test
  void columnsComeInTheOrderThatIsAskedFor() {
    try (JsonFixture json = new JsonFixture("a INT, s STRING, t BIGINT", 2, 0)) {
      assertThat(json.decode("{\"a\":1,\"s\":\"x\",\"t\":2}\n{\"a\":3,\"s\":\"y\",\"t\":4}"))
          .containsExactly(List.of(2L, 1), List.of(4L, 3));
    }
  }

  @Test
  void fieldNamesOfAllLengthsAreFound() {
    StringBuilder ddl = new StringBuilder("x STRING");
    List<String> fields = new ArrayList<>();
    List<Object> expected = new ArrayList<>(asList((Object) null));
    for (int length = 1; length < 40; length++) {
      for (String last : new String[] {"p", "q"}) {
        String name =
            "abcdefghij".repeat(4).substring(0, length) + last + (length > 20 ? "0123456789" : "");
        ddl.append(", ").append(name).append(" INT");
        fields.add("\"" + name + "\": " + fields.size());
        expected.add(expected.size() - 1);
      }
    }
    String line = "{" + String.join(",", fields) + "}";
    assertThat(decode(ddl.toString(), line, line, line))
        .containsExactly(expected, expected, expected);
  }

  @Test
  void corruptRecordColumnMustBeNullableText() {
    assertThatThrownBy(() -> decode("a INT, _corrupt_record INT", GOOD))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> decode("_corrupt_record STRING NOT NULL", GOOD))
        .isInstanceOf(AnalysisException.class);
    assertThat(decode("a INT, _corrupt_record STRING", "{\"a\": 1, \"_corrupt_record\": \"mine\"}"))
        .containsExactly(asList(1, null));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    String ddl =
        "a TINYINT, b BIGINT, e FLOAT, f DOUBLE, g DECIMAL(38,10), h BOOLEAN, i STRING, j BINARY, k DATE, l TIMESTAMP";
    List<String> lines =
        List.of(
            "{\"a\":-128,\"b\":-9223372036854775808,\"e\":1.1,\"f\":1.0E-7,\"g\":-1234567890123456789012345678.0123456789,\"h\":true,\"i\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001fä€😀/\",\"j\":\"AQIDBA==\",\"k\":\"2025-10-10\",\"l\":\"2025-10-10T12:01:00.000Z\"}",
            "{\"e\":\"NaN\",\"f\":\"-Infinity\",\"g\":0.0000000001,\"h\":false,\"i\":\"\",\"j\":\"\",\"k\":\"0001-01-01\",\"l\":\"1969-12-31T23:59:59.999999Z\"}",
            "{\"i\":\"" + "\\u0001x".repeat(1000) + "\",\"j\":\"" + "AAAA".repeat(1000) + "\"}",
            "{}",
            "{\"a\":1}");
    try (JsonFixture json = new JsonFixture(ddl)) {
      assertThat(json.write(lines, false)).isEqualTo(String.join("\n", lines) + "\n");
    }
    try (JsonFixture json = new JsonFixture("a INT, `q\"\\ü` STRING")) {
      assertThat(json.write(List.of("{}"), true)).isEqualTo("{\"a\":null,\"q\\\"\\\\ü\":null}\n");
    }
  }
}
