package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.util.Arrays;
import java.util.List;

/**
 * What a line looked like: the exact bytes between its values, and which value goes where. Lines of
 * the same look are decoded by comparing those bytes and reading the values between them; whatever
 * is not exactly so is left to {@link LineDecoder}.
 */
final class Layout {
  static final int MAX_VALUES = 64;
  private static final int MAX_WORDS = 1024;

  /** What stands between two literals. */
  enum Slot {
    /** Text that goes to a STRING column; its quotes belong to the literals. */
    TEXT,
    /** Text that is not needed. */
    SKIPPED_TEXT,
    /** Text that goes to a TIMESTAMP column. */
    TIMESTAMP,
    /** Text that goes to a column of another type. */
    OTHER_TEXT,
    /** A value without quotes that goes to an integral column. */
    INTEGER,
    /** A value without quotes that goes to a DOUBLE column. */
    DOUBLE,
    /** A value without quotes that goes to a column of another type. */
    OTHER_SCALAR,
    /** A value without quotes that is not needed. */
    SKIPPED_SCALAR
  }

  private final ValueDecoder values;
  private final JsonStrings strings;
  private final JsonNumbers numbers;

  /** -1 while there is no layout. */
  private int count = -1;

  private final Slot[] slots = new Slot[MAX_VALUES];
  private final JsonColumn[] columns = new JsonColumn[MAX_VALUES];

  /** How long the last text in a TIMESTAMP slot was. */
  private final int[] lengths = new int[MAX_VALUES];

  /** Literal i, in front of value i or at the end: its words and how many bytes it has. */
  private final long[] words = new long[MAX_WORDS];

  private final long[] masks = new long[MAX_WORDS];
  private final int[] firstWords = new int[MAX_VALUES + 2];
  private final int[] literalLengths = new int[MAX_VALUES + 1];

  private JsonColumn[] absent = {};

  Layout(ValueDecoder values) {
    this.values = values;
    strings = values.strings();
    numbers = values.numbers();
  }

  /**
   * Decodes a line into a row; returns where the next line begins, or 0 if this one looks different
   * or has a value that needs more care; the row is then undefined.
   */
  long decode(long from, long to, int row) {
    long at = from;
    for (int i = 0; i < count; i++) {
      at = literal(i, at, to);
      if (at == 0) {
        return 0;
      }
      at = value(i, at, to, row);
      if (at == 0) {
        return 0;
      }
    }
    return count < 0 ? 0 : end(at, to, row);
  }

  private long end(long from, long to, int row) {
    long at = literal(count, from, to);
    if (at != 0) {
      for (JsonColumn column : absent) {
        column.setNull(row);
      }
    }
    return at;
  }

  private long literal(int index, long at, long to) {
    long difference = 0;
    long address = at;
    int end = firstWords[index + 1];
    for (int i = firstWords[index]; i < end; i++) {
      difference |= (Memory.getLong(address) ^ words[i]) & masks[i];
      address += 8;
    }
    long after = at + literalLengths[index];
    return difference == 0 && after <= to ? after : 0;
  }

  private long value(int index, long at, long to, int row) {
    JsonColumn column = columns[index];
    return switch (slots[index]) {
      case TEXT -> column.copyText(row, at, to);
      case SKIPPED_TEXT -> skippedText(at, to);
      case TIMESTAMP -> timestamp(index, column, at, to, row);
      case OTHER_TEXT -> {
        long after = decode(column, row, at - 1, to);
        yield after == 0 ? 0 : after - 1;
      }
      case INTEGER -> integer(column, row, at, to);
      case DOUBLE -> floating(column, row, at, to);
      case OTHER_SCALAR -> scalar(column, row, at, to);
      case SKIPPED_SCALAR -> isScalar(at) ? values.skipper().scalar(at, to) : 0;
    };
  }

  private long skippedText(long at, long to) {
    long closing = strings.closing(at, to);
    return closing != 0 && Utf8.isValid(at, closing) ? closing : 0;
  }

  private long timestamp(int index, JsonColumn column, long at, long to, int row) {
    int length = lengths[index];
    if (at + length > to || !values.timestamps().parse(at, length)) {
      long closing = strings.closing(at, to);
      length = (int) (closing - at);
      if (closing == 0 || strings.escaped() || !values.timestamps().parse(at, length)) {
        return 0;
      }
      lengths[index] = length;
    }
    column.putLong(row, values.timestamps().valueUs());
    return at + length;
  }

  private long integer(JsonColumn column, int row, long at, long to) {
    long after = numbers.shortLong(at);
    return after != 0 && ValueDecoder.integer(column, row, numbers.longValue())
        ? after
        : scalar(column, row, at, to);
  }

  private long floating(JsonColumn column, int row, long at, long to) {
    long after = numbers.shortDouble(at);
    if (after == 0 || (Memory.getByte(after) | 0x20) == 'e') {
      return scalar(column, row, at, to);
    }
    column.putDouble(row, numbers.doubleValue());
    return after;
  }

  private long scalar(JsonColumn column, int row, long at, long to) {
    return isScalar(at) ? decode(column, row, at, to) : 0;
  }

  private long decode(JsonColumn column, int row, long at, long to) {
    long after = values.decode(column, row, at, to);
    return values.bad() || !column.nullable() && column.isNull(row) ? 0 : after;
  }

  /** Nested values may reach over the line's end, and text has not been checked to be UTF-8. */
  private static boolean isScalar(long at) {
    byte c = Memory.getByte(at);
    return c != '{' && c != '[' && c != '"';
  }

  // What LayoutLearner builds it with.

  void begin() {
    count = -1;
  }

  /** Adds a literal and the value behind it; false if there is no room. */
  boolean add(int index, long from, long to, Slot slot, JsonColumn column, int length) {
    if (index == MAX_VALUES || !addLiteral(index, from, to)) {
      return false;
    }
    slots[index] = slot;
    columns[index] = column;
    lengths[index] = length;
    return true;
  }

  /** Adds the last literal, up to the next line, and puts the layout to use. */
  boolean finish(int valueCount, long from, long to, List<JsonColumn> absentColumns) {
    if (!addLiteral(valueCount, from, to)) {
      return false;
    }
    absent = absentColumns.toArray(JsonColumn[]::new);
    Arrays.fill(columns, valueCount, MAX_VALUES, null);
    count = valueCount;
    return true;
  }

  private boolean addLiteral(int index, long from, long to) {
    int word = firstWords[index];
    if (to - from > 8L * (MAX_WORDS - word)) {
      return false;
    }
    for (long at = from; at < to; at += 8) {
      masks[word] = Words.lowBytes((int) Math.min(8, to - at));
      words[word] = Memory.getLong(at) & masks[word];
      word++;
    }
    firstWords[index + 1] = word;
    literalLengths[index] = (int) (to - from);
    return true;
  }
}
