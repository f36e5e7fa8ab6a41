package io.millrace.gateway.rows;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values as CSV, quoted as RFC 4180 says where they must be: null is nothing, an empty text is
 * quoted; lines end with a newline alone.
 */
public final class CsvText {
  private CsvText() {}

  /** A line with its end. */
  public static String line(List<?> values) {
    return values.stream().map(CsvText::value).collect(Collectors.joining(",", "", "\n"));
  }

  private static String value(Object value) {
    if (value == null) {
      return "";
    }
    String text = plain(value);
    return text.isEmpty() || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }

  /** A value that is not null as text: DECIMAL without exponent, BINARY as Base64. */
  public static String plain(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      default -> value.toString();
    };
  }
}
