package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.NumberParser;
import io.millrace.vector.time.TimestampParser;

/** Decodes one value of any kind into a column. */
final class ValueDecoder {
  private final JsonStrings strings = new JsonStrings();
  private final JsonNumbers numbers = new JsonNumbers();
  private final ValueSkipper skipper = new ValueSkipper(strings, numbers);
  private final NumberParser numberParser = new NumberParser();
  private final TimestampParser timestamps = new TimestampParser();
  private final Scratch scratch = new Scratch();

  private boolean bad;

  /** Whether the last value was well-formed but not one of the column's type; the row is null. */
  boolean bad() {
    return bad;
  }

  JsonStrings strings() {
    return strings;
  }

  JsonNumbers numbers() {
    return numbers;
  }

  ValueSkipper skipper() {
    return skipper;
  }

  TimestampParser timestamps() {
    return timestamps;
  }

  /**
   * Decodes the value that begins at {@code from}; returns its end, or 0 if it is not well-formed.
   */
  long decode(JsonColumn column, int row, long from, long end) {
    bad = false;
    if (from >= end) {
      return 0;
    }
    byte first = Memory.getByte(from);
    if (first == '"') {
      return string(column, row, from, end);
    } else if (first == '-' || first >= '0' && first <= '9') {
      return number(column, row, from, end);
    }
    return other(column, row, from, end);
  }

  private long string(JsonColumn column, int row, long from, long end) {
    if (column.type() == DataType.STRING) {
      long closing = column.copyText(row, from + 1, end);
      if (closing != 0) {
        return closing + 1;
      }
    }
    long closing = strings.closing(from + 1, end);
    if (closing == 0) {
      return 0;
    }
    if (column.type() == DataType.STRING) {
      escapedString(column, row, from + 1, closing);
      return closing + 1;
    }
    long text = from + 1;
    int length = (int) (closing - text);
    if (strings.escaped()) {
      text = scratch.reserve(length + 8L);
      length = (int) (JsonStrings.unescape(from + 1, closing, text) - text);
    }
    result(column, row, text(column, row, text, length));
    return closing + 1;
  }

  private void escapedString(JsonColumn column, int row, long from, long closing) {
    if (strings.escaped()) {
      long target = column.reserve(row, (int) (closing - from));
      column.setLength(row, (int) (JsonStrings.unescape(from, closing, target) - target));
    } else {
      column.putText(row, from, (int) (closing - from));
    }
  }

  private void result(JsonColumn column, int row, boolean good) {
    bad = !good;
    if (bad) {
      column.setNull(row);
    }
  }

  private boolean text(JsonColumn column, int row, long address, int length) {
    if (column.decimal() != null) {
      return decimal(column, row, address, length);
    }
    return switch (column.simple()) {
      case TIMESTAMP -> {
        boolean good = timestamps.parse(address, length);
        column.putLong(row, timestamps.valueUs());
        yield good;
      }
      case DATE -> {
        boolean good = timestamps.parseDate(address, length);
        column.putInt(row, timestamps.valueDays());
        yield good;
      }
      case BINARY -> {
        int size = Base64Text.decode(address, length, column.reserve(row, length));
        column.setLength(row, Math.max(0, size));
        yield size >= 0;
      }
      case FLOAT -> {
        double value = NonFinite.parse(address, length);
        column.putFloat(row, (float) value);
        yield value != 0;
      }
      case DOUBLE -> {
        double value = NonFinite.parse(address, length);
        column.putDouble(row, value);
        yield value != 0;
      }
      case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, STRING, VOID -> false;
    };
  }

  private boolean decimal(JsonColumn column, int row, long address, int length) {
    DataType.Decimal type = column.decimal();
    boolean good = numberParser.parseDecimal(address, length, type.precision(), type.scale());
    column.putDecimal(row, numberParser.decimalLow(), numberParser.decimalHigh());
    return good;
  }

  private long number(JsonColumn column, int row, long from, long end) {
    if (column.type() == DataType.DOUBLE) {
      long after = numbers.shortDouble(from);
      if (after != 0 && after < end && isDelimiter(Memory.getByte(after))) {
        column.putDouble(row, numbers.doubleValue());
        return after;
      }
    }
    long after = numbers.end(from, end);
    if (after != 0) {
      int length = (int) (after - from);
      result(column, row, number(column, row, from, length, numbers.integral()));
    }
    return after;
  }

  private static boolean isDelimiter(byte c) {
    return c == ',' || c == '}' || ValueSkipper.isSpace(c);
  }

  private boolean number(JsonColumn column, int row, long address, int length, boolean integral) {
    if (column.decimal() != null) {
      return decimal(column, row, address, length);
    }
    return switch (column.simple()) {
      case TINYINT, SMALLINT, INT, BIGINT ->
          integral
              && numberParser.parseLong(address, length)
              && integer(column, row, numberParser.longValue());
      case FLOAT -> {
        boolean good = numberParser.parseFloat(address, length);
        column.putFloat(row, numberParser.floatValue());
        yield good && Float.isFinite(numberParser.floatValue());
      }
      case DOUBLE -> {
        boolean good = numberParser.parseDouble(address, length);
        column.putDouble(row, numberParser.doubleValue());
        yield good && Double.isFinite(numberParser.doubleValue());
      }
      case TIMESTAMP ->
          integral
              && numberParser.parseLong(address, length)
              && seconds(column, row, numberParser.longValue());
      case STRING -> {
        column.putText(row, address, length);
        yield true;
      }
      case BOOLEAN, BINARY, DATE, VOID -> false;
    };
  }

  /** Stores an integer of the column's width; false if it is out of range. */
  static boolean integer(JsonColumn column, int row, long value) {
    DataType type = column.type();
    if (type == DataType.BIGINT) {
      column.putLong(row, value);
      return true;
    } else if (type == DataType.INT) {
      column.putInt(row, (int) value);
      return value == (int) value;
    } else if (type == DataType.SMALLINT) {
      column.putShort(row, (short) value);
      return value == (short) value;
    }
    column.putByte(row, (byte) value);
    return value == (byte) value;
  }

  private static boolean seconds(JsonColumn column, int row, long seconds) {
    long us = seconds * 1_000_000;
    column.putLong(row, us);
    return us / 1_000_000 == seconds;
  }

  /** A literal or a nested value. */
  private long other(JsonColumn column, int row, long from, long end) {
    if (ValueSkipper.isNull(from, end)) {
      column.setNull(row);
      return from + 4;
    }
    long after = skipper.skip(from, end);
    if (after == 0) {
      return 0;
    }
    if (column.type() == DataType.STRING) {
      column.putText(row, from, (int) (after - from));
      return after;
    }
    byte first = Memory.getByte(from);
    boolean good = column.type() == DataType.BOOLEAN && first != '{' && first != '[';
    if (good) {
      column.putBoolean(row, first == 't');
    }
    result(column, row, good);
    return after;
  }
}
