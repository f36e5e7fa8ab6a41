package io.millrace.spi;

import io.millrace.types.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One value of a row as Spark's tables print it. */
final class CellText {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private CellText() {}

  static String of(Object value) {
    return switch (value) {
      case null -> "NULL";
      case Instant instant -> TIMESTAMP.format(instant);
      case BigDecimal decimal -> decimal.toPlainString();
      case byte[] bytes -> "[" + HEX.formatHex(bytes) + "]";
      case Row struct -> joined(struct.values(), "{", "}");
      case List<?> array -> joined(array, "[", "]");
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> of(entry.getKey()) + " -> " + of(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }

  private static String joined(List<?> values, String before, String behind) {
    return values.stream().map(CellText::of).collect(Collectors.joining(", ", before, behind));
  }

  /** Characters that would break the table, as in Java's source. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\f' -> escaped.append("\\f");
        case '\b' -> escaped.append("\\b");
        case '\u000B' -> escaped.append("\\v");
        case '\u0007' -> escaped.append("\\a");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Columns on a terminal: full-width characters take two. */
  static int width(String cell) {
    int width = cell.length();
    for (int i = 0; i < cell.length(); i++) {
      if (isFullWidth(cell.charAt(i))) {
        width++;
      }
    }
    return width;
  }

  /** The ranges that Spark counts as full-width. */
  private static boolean isFullWidth(char c) {
    return c >= '\u1100'
        && (c <= '\u115F'
            || (c >= '\u2E80' && c <= '\uA4CF')
            || (c >= '\uAC00' && c <= '\uD7A3')
            || (c >= '\uF900' && c <= '\uFAFF')
            || (c >= '\uFE30' && c <= '\uFE6F')
            || (c >= '\uFF00' && c <= '\uFF60')
            || (c >= '\uFFE0' && c <= '\uFFE6'));
  }
}
