package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.util.List;

/** Decodes one line, its fields in any order: the meaning that {@link Layout} must not change. */
final class LineDecoder {
  static final String INVALID_UTF8 = "the line is not valid UTF-8";
  static final String NOT_AN_OBJECT = "the line is not a JSON object";
  static final String MALFORMED = "the line is not well-formed JSON, or is cut off";
  static final String TRAILING = "something follows the JSON object on the line";

  private final JsonColumn[] columns;
  private final FieldTable table;
  private final ValueDecoder values;
  private final JsonStrings strings;
  private final Scratch scratch = new Scratch();

  private long line;
  private boolean ascii;
  private String fault;
  private boolean malformed;

  LineDecoder(List<JsonColumn> columns, FieldTable table, ValueDecoder values) {
    this.columns = columns.toArray(JsonColumn[]::new);
    this.table = table;
    this.values = values;
    this.strings = values.strings();
  }

  /** The newline that ends the line, or {@code end}. */
  long lineEnd(long from, long end) {
    long high = 0;
    long at = from;
    long newlines;
    do {
      if (at >= end) {
        ascii = (high & Words.TOP_BITS) == 0;
        return end;
      }
      long word = Memory.getLong(at);
      high |= word;
      newlines = Words.newlines(word);
      at += 8;
    } while (newlines == 0);
    ascii = (high & Words.TOP_BITS) == 0;
    return Math.min(end, at - 8 + Words.first(newlines));
  }

  /** What is wrong with the last line; null if nothing is. */
  String fault() {
    return fault;
  }

  /** Whether the last line as a whole could not be read, so that no column has a value. */
  boolean malformed() {
    return malformed;
  }

  /**
   * Decodes the line that {@link #lineEnd} measured last. All columns' values of the row are set
   * unless the line is {@link #malformed}.
   */
  void decode(long from, long end, int row) {
    fault = null;
    line++;
    String whole = ascii || Utf8.isValid(from, end) ? object(from, end, row) : INVALID_UTF8;
    malformed = whole != null;
    if (malformed) {
      fault = whole;
    } else {
      finish(row);
    }
  }

  private String object(long from, long end, int row) {
    long at = ValueSkipper.skipSpace(from, end);
    if (at == end || Memory.getByte(at) != '{') {
      return values.skipper().skip(at, end) == 0 ? MALFORMED : NOT_AN_OBJECT;
    }
    at = ValueSkipper.skipSpace(at + 1, end);
    if (at < end && Memory.getByte(at) == '}') {
      return atEnd(at + 1, end);
    }
    while (true) {
      at = field(at, end, row);
      if (at == 0) {
        return MALFORMED;
      }
      at = ValueSkipper.skipSpace(at, end);
      if (at >= end) {
        return MALFORMED;
      }
      byte c = Memory.getByte(at);
      if (c == '}') {
        return atEnd(at + 1, end);
      } else if (c != ',') {
        return MALFORMED;
      }
      at = ValueSkipper.skipSpace(at + 1, end);
    }
  }

  private static String atEnd(long from, long end) {
    return ValueSkipper.skipSpace(from, end) == end ? null : TRAILING;
  }

  private long field(long from, long end, int row) {
    if (from >= end || Memory.getByte(from) != '"') {
      return 0;
    }
    long closing = strings.closing(from + 1, end);
    if (closing == 0) {
      return 0;
    }
    JsonColumn column =
        strings.escaped()
            ? escapedName(from + 1, closing)
            : table.find(from + 1, (int) (closing - from - 1));
    long value = ValueSkipper.afterColon(closing + 1, end);
    if (value == 0) {
      return 0;
    }
    return column == null ? values.skipper().skip(value, end) : value(column, row, value, end);
  }

  private JsonColumn escapedName(long from, long closing) {
    long name = scratch.reserve(closing - from + 8);
    return table.find(name, (int) (JsonStrings.unescape(from, closing, name) - name));
  }

  private long value(JsonColumn column, int row, long from, long end) {
    column.seenAt = line;
    column.setValid(row);
    long after = values.decode(column, row, from, end);
    if (values.bad() && fault == null) {
      fault = column.badValue();
    }
    return after;
  }

  private void finish(int row) {
    for (JsonColumn column : columns) {
      if (column.seenAt != line) {
        column.setNull(row);
      }
      if (!column.nullable() && column.isNull(row) && fault == null) {
        fault = column.noValue();
      }
    }
  }

  /** Whether a column that must have a value has none in that row. */
  boolean lacksValue(int row) {
    for (JsonColumn column : columns) {
      if (!column.nullable() && column.isNull(row)) {
        return true;
      }
    }
    return false;
  }
}
