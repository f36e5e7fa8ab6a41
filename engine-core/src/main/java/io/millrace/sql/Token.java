package io.millrace.sql;

import java.util.Locale;

/**
 * One word of the text.
 *
 * @param text what it means: a string without quotes and escapes, a quoted name without backquotes,
 *     anything else as written
 * @param start index of its first character in the statement
 * @param end index behind its last character
 */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    /** A keyword, or a name that needs no quotes. */
    WORD,
    QUOTED_NAME,
    STRING,
    /** {@code X'1F'}; the text is the hexadecimal digits. */
    HEX,
    /** Digits with point, exponent and type suffix as written. */
    NUMBER,
    SYMBOL,
    END
  }

  boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }
}
