package io.millrace.gateway.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of input as the world sends it, and its one outcome.
 *
 * @param name what is the matter with it
 * @param bytes without the line's end
 * @param corrupt whether it is counted
 * @param values of the columns {@link #SCHEMA} in mode PERMISSIVE; null for a line that is no row
 */
record BadLine(String name, byte[] bytes, boolean corrupt, List<Object> values) {
  static final String SCHEMA = "id BIGINT, name STRING, value DOUBLE";

  private static final int LONG_LINE_BYTES = 20 << 20;
  private static final int DEEP_LEVELS = 100_000;
  private static final String MARK = "\uFEFF";

  static List<BadLine> all() {
    return Stream.of(
            good("byte order mark at the file's start", MARK + "{\"id\":1}", 1L, null, null),
            malformed("byte order mark inside the file", MARK + "{\"id\":1}"),
            malformed("no JSON", "nonsense"),
            malformed("comma at the end", "{\"id\":1,}"),
            malformed("single quotes", "{'id':1}"),
            malformed("two objects", "{\"id\":1}{\"id\":2}"),
            malformed("a list", "[{\"id\":1}]"),
            malformed("truncated in a number", "{\"id\":12"),
            malformed("truncated in a text", "{\"id\":1,\"name\":\"ab"),
            malformed("truncated in an escape", "{\"id\":1,\"name\":\"ab\\u00"),
            malformed("truncated before a value", "{\"id\":"),
            malformed("truncated in a nested list", "{\"id\":1,\"extra\":[1,[2"),
            malformed("NUL alone", "\0"),
            malformed("NUL in a text", "{\"id\":1,\"name\":\"a\0b\"}"),
            malformed("NUL behind the object", "{\"id\":1}\0"),
            malformed("NUL bytes of a block never written", "\0".repeat(5000)),
            bytes("broken UTF-8", '\u00ff'),
            bytes("cut off UTF-8", '\u00c3'),
            bytes("UTF-8 continuation alone", '\u0080'),
            bytes("overlong UTF-8", '\u00c0', '\u00af'),
            bytes("surrogate in UTF-8", '\u00ed', '\u00a0', '\u0080'),
            blank("empty", ""),
            blank("white space", "  \t "),
            blank("carriage return alone", "\r"),
            good("CRLF", "{\"id\":2,\"name\":\"x\"}\r", 2L, "x", null),
            malformed("truncated before CRLF", "{\"id\":2\r"),
            good("duplicate keys", "{\"id\":1,\"value\":1,\"id\":2}", 2L, null, 1.0),
            corrupt("duplicate, wrong last", "{\"id\":1,\"id\":\"x\"}", null, null, null),
            good("all missing", "{}", null, null, null),
            good("missing fields", "{\"name\":\"only\"}", null, "only", null),
            good(
                "extra fields",
                "{\"a\":{\"id\":9},\"id\":3,\"b\":[1,{}],\"c\":null}",
                3L,
                null,
                null),
            good("other case of a name", "{\"ID\":3}", null, null, null),
            good("nulls", "{\"id\":null,\"name\":null,\"value\":null}", null, null, null),
            corrupt("text in BIGINT", "{\"id\":\"7\",\"name\":\"n\",\"value\":1}", null, "n", 1.0),
            corrupt("fraction in BIGINT", "{\"id\":1.5,\"name\":\"n\"}", null, "n", null),
            corrupt("boolean in DOUBLE", "{\"id\":1,\"value\":true}", 1L, null, null),
            corrupt("object in DOUBLE", "{\"value\":{\"x\":1},\"id\":1}", 1L, null, null),
            good("number in STRING", "{\"name\":1.50}", null, "1.50", null),
            good("beyond double", "{\"id\":9007199254740993}", 9007199254740993L, null, null),
            good("MAX", "{\"id\":9223372036854775807}", Long.MAX_VALUE, null, null),
            good("MIN", "{\"id\":-9223372036854775808}", Long.MIN_VALUE, null, null),
            corrupt("MAX + 1", "{\"id\":9223372036854775808,\"name\":\"n\"}", null, "n", null),
            corrupt("MIN - 1", "{\"id\":-9223372036854775809,\"name\":\"n\"}", null, "n", null),
            corrupt("2^64 - 1", "{\"id\":18446744073709551615,\"name\":\"n\"}", null, "n", null),
            corrupt("1e400", "{\"id\":5,\"value\":1e400}", 5L, null, null),
            corrupt("-1e400", "{\"id\":5,\"value\":-1e400}", 5L, null, null),
            good("1e308", "{\"value\":1e308}", null, null, 1e308),
            good("1e-400", "{\"value\":1e-400}", null, null, 0.0),
            malformed("NaN without quotes", "{\"value\":NaN}"),
            good("20 MB", "{\"name\":\"" + longText() + "\",\"id\":4}", 4L, longText(), null),
            malformed("20 MB truncated", "{\"id\":4,\"name\":\"" + longText()),
            good("deep", "{\"id\":6,\"extra\":" + deep("[", "]") + "}", 6L, null, null),
            malformed("deep, not closed", "{\"id\":6,\"extra\":" + "[".repeat(DEEP_LEVELS)),
            malformed(
                "deep objects", "{\"id\":6,\"extra\":" + "{\"a\":".repeat(DEEP_LEVELS) + "1}"),
            good("deep in STRING", "{\"name\":" + deep("[", "]") + "}", null, deep("[", "]"), null))
        .toList();
  }

  private static String longText() {
    return "x".repeat(LONG_LINE_BYTES);
  }

  private static String deep(String open, String close) {
    return open.repeat(DEEP_LEVELS) + close.repeat(DEEP_LEVELS);
  }

  private static BadLine good(String name, String line, Object... values) {
    return new BadLine(name, utf8(line), false, Arrays.asList(values));
  }

  private static BadLine corrupt(String name, String line, Object... values) {
    return new BadLine(name, utf8(line), true, Arrays.asList(values));
  }

  private static BadLine malformed(String name, String line) {
    return new BadLine(name, utf8(line), true, Collections.nCopies(3, null));
  }

  private static BadLine bytes(String name, char... latin1) {
    byte[] line =
        ("{\"id\":1,\"name\":\"a" + new String(latin1) + "b\"}")
            .getBytes(StandardCharsets.ISO_8859_1);
    return new BadLine(name, line, true, Collections.nCopies(3, null));
  }

  private static BadLine blank(String name, String line) {
    return new BadLine(name, utf8(line), false, null);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The n-th good line, which follows the n-th bad one. */
  static String next(int n) {
    return "{\"id\":" + (1000 + n) + ",\"name\":\"next\",\"value\":" + n + ".5}";
  }

  static List<Object> nextValues(int n) {
    return Arrays.asList(1000L + n, "next", n + 0.5);
  }

  /** A file of the lines, each followed by a good one. */
  static byte[] file(List<BadLine> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      bytes.writeBytes(lines.get(i).bytes());
      bytes.write('\n');
      bytes.writeBytes(utf8(next(i)));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /** The line as rejects and the column for corrupt records show it. */
  byte[] record() {
    boolean endsInReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return endsInReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  /** The columns' values with the corrupt record behind them. */
  List<Object> valuesWithRecord() {
    List<Object> all = new ArrayList<>(values);
    all.add(corrupt ? new String(record(), StandardCharsets.UTF_8) : null);
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
