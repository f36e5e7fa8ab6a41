package io.millrace.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A recursive-descent parser of DDL text. */
final class SchemaParser {
  private static final int MAX_NESTING = 100;

  private final String text;
  private int position;
  private int nesting;

  SchemaParser(String text) {
    this.text = text;
  }

  static DataType parseType(String text) {
    SchemaParser parser = new SchemaParser(text);
    DataType type = parser.type();
    parser.skipSpace();
    if (parser.position < text.length()) {
      throw parser.error("the end of the type");
    }
    return type;
  }

  Schema parse() {
    Schema schema = fields('\0', false);
    if (schema.size() == 0) {
      throw error("a column, for example deviceId STRING");
    }
    return schema;
  }

  private Schema fields(char end, boolean colonAllowed) {
    List<Field> fields = new ArrayList<>();
    skipSpace();
    while (!at(end)) {
      String name = name();
      if (colonAllowed) {
        accept(':');
      }
      DataType type = type();
      boolean nullable = true;
      if (acceptWord("NOT")) {
        if (!acceptWord("NULL")) {
          throw error("NULL after NOT");
        }
        nullable = false;
      } else {
        acceptWord("NULL");
      }
      if (acceptWord("COMMENT")) {
        skipComment();
      }
      fields.add(new Field(name, type, nullable));
      if (!accept(',')) {
        break;
      }
    }
    skipSpace();
    if (!at(end)) {
      throw error(end == '\0' ? "',' or the end" : "',' or '" + end + "'");
    }
    return new Schema(fields).requireUniqueNames();
  }

  private DataType type() {
    if (++nesting > MAX_NESTING) {
      throw error("at most " + MAX_NESTING + " levels of nested types");
    }
    try {
      return typeNamed(word("a type"));
    } finally {
      nesting--;
    }
  }

  private DataType typeNamed(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "BOOLEAN", "BOOL" -> DataType.BOOLEAN;
      case "TINYINT", "BYTE" -> DataType.TINYINT;
      case "SMALLINT", "SHORT" -> DataType.SMALLINT;
      case "INT", "INTEGER" -> DataType.INT;
      case "BIGINT", "LONG" -> DataType.BIGINT;
      case "FLOAT", "REAL" -> DataType.FLOAT;
      case "DOUBLE" -> DataType.DOUBLE;
      case "STRING", "VARCHAR", "CHAR" -> {
        if (accept('(')) {
          number();
          expect(')');
        }
        yield DataType.STRING;
      }
      case "BINARY" -> DataType.BINARY;
      case "DATE" -> DataType.DATE;
      case "TIMESTAMP", "TIMESTAMP_LTZ" -> DataType.TIMESTAMP;
      case "DECIMAL", "DEC", "NUMERIC" -> decimal();
      case "ARRAY" -> {
        expect('<');
        DataType element = type();
        expect('>');
        yield new DataType.Array(element, true);
      }
      case "MAP" -> {
        expect('<');
        DataType key = type();
        expect(',');
        DataType value = type();
        expect('>');
        yield new DataType.Map(key, value, true);
      }
      case "STRUCT" -> {
        expect('<');
        Schema fields = fields('>', true);
        expect('>');
        yield new DataType.Struct(fields);
      }
      default ->
          throw new AnalysisException(
              "schema \"" + text + "\": unknown type " + name + "; known are " + KNOWN_TYPES);
    };
  }

  private static final String KNOWN_TYPES =
      "BOOLEAN TINYINT SMALLINT INT BIGINT FLOAT DOUBLE DECIMAL(p,s) STRING BINARY DATE TIMESTAMP"
          + " ARRAY<t> MAP<k,v> STRUCT<name: t>";

  private DataType decimal() {
    if (!accept('(')) {
      return new DataType.Decimal(10, 0);
    }
    int precision = number();
    int scale = accept(',') ? number() : 0;
    expect(')');
    return new DataType.Decimal(precision, scale);
  }

  private String name() {
    skipSpace();
    if (position < text.length() && text.charAt(position) == '`') {
      StringBuilder name = new StringBuilder();
      position++;
      while (position < text.length()) {
        char c = text.charAt(position++);
        if (c != '`') {
          name.append(c);
        } else if (position < text.length() && text.charAt(position) == '`') {
          name.append('`');
          position++;
        } else {
          return name.toString();
        }
      }
      throw error("a closing `");
    }
    return word("a column name");
  }

  private String word(String what) {
    skipSpace();
    int start = position;
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw error(what);
    }
    return text.substring(start, position);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@' || c == '-' || c == '.';
  }

  private int number() {
    String digits = word("a number");
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw error("a number instead of " + digits);
    }
  }

  private boolean acceptWord(String word) {
    skipSpace();
    int end = position + word.length();
    if (text.regionMatches(true, position, word, 0, word.length())
        && (end == text.length() || !isWordPart(text.charAt(end)))) {
      position = end;
      return true;
    }
    return false;
  }

  private void skipComment() {
    skipSpace();
    if (!accept('\'')) {
      throw error("a quoted comment");
    }
    int end = text.indexOf('\'', position);
    if (end < 0) {
      throw error("a closing '");
    }
    position = end + 1;
  }

  private boolean accept(char c) {
    skipSpace();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw error("'" + c + "'");
    }
  }

  /** Whether the parser stands at that character, or with NUL at the end of the text. */
  private boolean at(char end) {
    return end == '\0'
        ? position >= text.length()
        : position < text.length() && text.charAt(position) == end;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private AnalysisException error(String expected) {
    String found =
        position >= text.length()
            ? "the end"
            : "'" + text.substring(position, Math.min(text.length(), position + 12)) + "'";
    return new AnalysisException(
        "schema \""
            + text
            + "\", position "
            + (position + 1)
            + ": expected "
            + expected
            + ", found "
            + found);
  }
}
