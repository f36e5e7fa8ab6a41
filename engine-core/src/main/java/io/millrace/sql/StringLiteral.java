package io.millrace.sql;

/** Backslash escapes as Spark reads them. */
final class StringLiteral {
  private StringLiteral() {}

  /**
   * The text that {@code body}, the characters between the quotes, stands for. {@code \%} and
   * {@code \_} keep their backslash, for LIKE.
   *
   * @param quote the quote that encloses it; written twice it stands for itself
   */
  static String unescape(String body, char quote) {
    if (body.indexOf('\\') < 0 && body.indexOf(quote) < 0) {
      return body;
    }
    StringBuilder text = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c == quote) {
        text.append(c);
        i++;
      } else if (c != '\\' || i == body.length()) {
        text.append(c);
      } else {
        i = escape(body, i, text);
      }
    }
    return text.toString();
  }

  /** Appends the escape whose backslash stands before {@code i}; returns the index behind it. */
  private static int escape(String body, int i, StringBuilder text) {
    char c = body.charAt(i);
    if (c == 'u' && isDigits(body, i + 1, 4, 16)) {
      text.append((char) Integer.parseInt(body, i + 1, i + 5, 16));
      return i + 5;
    }
    if (c == 'U' && isDigits(body, i + 1, 8, 16)) {
      long codePoint = Long.parseLong(body, i + 1, i + 9, 16);
      if (codePoint <= Character.MAX_CODE_POINT) {
        text.appendCodePoint((int) codePoint);
        return i + 9;
      }
    }
    if (c <= '3' && isDigits(body, i, 3, 8)) {
      text.append((char) Integer.parseInt(body, i, i + 3, 8));
      return i + 3;
    }
    switch (c) {
      case '0' -> text.append('\0');
      case 'b' -> text.append('\b');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'Z' -> text.append('\u001A');
      case '%', '_' -> text.append('\\').append(c);
      default -> text.append(c);
    }
    return i + 1;
  }

  private static boolean isDigits(String body, int from, int count, int radix) {
    if (from + count > body.length()) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (Character.digit(body.charAt(i), radix) < 0) {
        return false;
      }
    }
    return true;
  }
}
