package io.millrace.sql;

import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import java.util.Collection;

/** Builds the errors of the parser: what was expected, where, and the line with a caret. */
final class SyntaxError {
  private static final int MAX_LINE = 120;

  private SyntaxError() {}

  /** {@code message} followed by line, column, and the line with a caret under {@code position}. */
  static AnalysisException at(String sql, int position, String message) {
    int lineStart = sql.lastIndexOf('\n', position - 1) + 1;
    int lineEnd = sql.indexOf('\n', position);
    if (lineEnd < 0) {
      lineEnd = sql.length();
    }
    int line = 1 + (int) sql.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int column = position - lineStart + 1;
    int from = Math.max(lineStart, position - MAX_LINE / 2);
    int to = Math.min(lineEnd, from + MAX_LINE);
    String shown = sql.substring(from, to).stripTrailing();
    String indent = sql.substring(from, position).replaceAll("[^\t]", " ");
    return new AnalysisException(
        "SQL, line "
            + line
            + ":"
            + column
            + ": "
            + message
            + "\n  "
            + shown
            + "\n  "
            + indent
            + "^");
  }

  /** The error for a token that cannot stand where it stands. */
  static AnalysisException expected(
      String sql, Token found, String expected, Collection<String> keywords) {
    return at(
        sql,
        found.start(),
        "expected " + expected + ", found " + describe(found) + suggestion(found, keywords));
  }

  static String suggestion(Token found, Collection<String> keywords) {
    return found.kind() == Token.Kind.WORD && keywords.stream().noneMatch(found::isWord)
        ? NearestName.suggestion(found.text(), keywords)
        : "";
  }

  private static String describe(Token token) {
    return switch (token.kind()) {
      case END -> "the end";
      case STRING -> "the string '" + token.text() + "'";
      case QUOTED_NAME -> "`" + token.text() + "`";
      case HEX -> "X'" + token.text() + "'";
      case WORD, NUMBER, SYMBOL -> token.text();
    };
  }
}
