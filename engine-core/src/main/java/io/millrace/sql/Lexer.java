package io.millrace.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens; comments and white space fall away. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS =
      List.of("<=>", ">>>", "==", "<=", ">=", "<>", "!=", "||", "::", "<<", ">>", "->", "=>");
  private static final String SYMBOLS = "()[]{},.;*+-/%=<>!&|^~:?@";

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  Lexer(String sql) {
    this.sql = sql;
  }

  /** The tokens, the last one END. */
  List<Token> tokens() {
    skipBlank();
    while (position < sql.length()) {
      tokens.add(next());
      skipBlank();
    }
    tokens.add(new Token(Token.Kind.END, "", sql.length(), sql.length()));
    return tokens;
  }

  private Token next() {
    char c = sql.charAt(position);
    char following = peek(1);
    if (c == '\'' || c == '"') {
      return string(position, true);
    } else if ((c == 'r' || c == 'R') && (following == '\'' || following == '"')) {
      return string(position + 1, false);
    } else if ((c == 'x' || c == 'X') && following == '\'') {
      Token digits = string(position + 1, false);
      return new Token(Token.Kind.HEX, digits.text(), digits.start() - 1, digits.end());
    } else if (c == '`') {
      return quotedName();
    } else if (isDigit(c) || c == '.' && isDigit(following) && !afterName()) {
      return number();
    } else if (isWordStart(c)) {
      return word();
    }
    return symbol(c);
  }

  /** Whether a point here takes a part of what stands before it, as in {@code a.1}. */
  private boolean afterName() {
    if (tokens.isEmpty() || tokens.getLast().end() != position) {
      return false;
    }
    Token last = tokens.getLast();
    return last.isName() || last.isSymbol(")") || last.isSymbol("]");
  }

  private Token string(int open, boolean escapes) {
    char quote = sql.charAt(open);
    int i = open + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && escapes) {
        i += 2;
      } else if (c != quote) {
        i++;
      } else if (escapes && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i += 2;
      } else {
        String body = sql.substring(open + 1, i);
        position = i + 1;
        return new Token(
            Token.Kind.STRING,
            escapes ? StringLiteral.unescape(body, quote) : body,
            open,
            position);
      }
    }
    throw SyntaxError.at(sql, open, "this string has no closing " + quote);
  }

  private Token quotedName() {
    int start = position;
    StringBuilder name = new StringBuilder();
    for (int i = start + 1; i < sql.length(); i++) {
      if (sql.charAt(i) != '`') {
        name.append(sql.charAt(i));
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '`') {
        name.append('`');
        i++;
      } else {
        position = i + 1;
        return new Token(Token.Kind.QUOTED_NAME, name.toString(), start, position);
      }
    }
    throw SyntaxError.at(sql, start, "this name has no closing `");
  }

  private Token number() {
    int start = position;
    skipDigits();
    if (peek(0) == '.') {
      position++;
      skipDigits();
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (isDigit(peek(1 + sign))) {
        position += 1 + sign;
        skipDigits();
      }
    }
    while (position < sql.length() && isWordPart(sql.charAt(position))) {
      position++;
    }
    return new Token(Token.Kind.NUMBER, sql.substring(start, position), start, position);
  }

  private void skipDigits() {
    while (isDigit(peek(0))) {
      position++;
    }
  }

  private Token word() {
    int start = position;
    while (position < sql.length() && isWordPart(sql.charAt(position))) {
      position++;
    }
    return new Token(Token.Kind.WORD, sql.substring(start, position), start, position);
  }

  private Token symbol(char c) {
    int start = position;
    for (String symbol : LONG_SYMBOLS) {
      if (sql.startsWith(symbol, position)) {
        position += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, start, position);
      }
    }
    if (SYMBOLS.indexOf(c) < 0) {
      throw SyntaxError.at(sql, position, "unexpected character " + c);
    }
    position++;
    return new Token(Token.Kind.SYMBOL, String.valueOf(c), start, position);
  }

  private void skipBlank() {
    while (position < sql.length()) {
      if (Character.isWhitespace(sql.charAt(position))) {
        position++;
      } else if (sql.startsWith("--", position)) {
        int end = sql.indexOf('\n', position);
        position = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", position)) {
        int end = sql.indexOf("*/", position + 2);
        if (end < 0) {
          throw SyntaxError.at(sql, position, "this comment has no closing */");
        }
        position = end + 2;
      } else {
        return;
      }
    }
  }

  private char peek(int ahead) {
    return position + ahead < sql.length() ? sql.charAt(position + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || c == '$';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
