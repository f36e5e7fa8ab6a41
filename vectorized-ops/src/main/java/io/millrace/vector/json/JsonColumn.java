package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * A needed column while it is filled. Between {@link #bind} and the end of a decode call every
 * validity bit at or behind the current row is set, so that only nulls need work.
 */
final class JsonColumn {
  private final Field field;
  private final DataType.Simple simple;
  private final DataType.Decimal decimal;
  private final String badValue;
  private final String noValue;

  /** The line that gave this column a value last. */
  long seenAt = -1;

  private ColumnVector vector;
  private long data;
  private long offsets;

  /** Where the last whole word of text may begin. */
  private long lastWord;

  JsonColumn(Field field) {
    this.field = field;
    simple = field.type() instanceof DataType.Simple type ? type : null;
    decimal = field.type() instanceof DataType.Decimal type ? type : null;
    badValue =
        "column " + field.name() + ": the value is no " + field.type().sql() + " or out of range";
    noValue = "column " + field.name() + ": null or missing, but the schema says NOT NULL";
  }

  String name() {
    return field.name();
  }

  DataType type() {
    return field.type();
  }

  /** The type if it has no parameters, else null; a switch on it costs less than one on types. */
  DataType.Simple simple() {
    return simple;
  }

  /** The type if it is DECIMAL, else null. */
  DataType.Decimal decimal() {
    return decimal;
  }

  boolean nullable() {
    return field.nullable();
  }

  /** The reason for a reject when a value does not fit the type. */
  String badValue() {
    return badValue;
  }

  /** The reason for a reject when there is no value and must be one. */
  String noValue() {
    return noValue;
  }

  /** Prepares rows from {@code row} (inclusive) to {@code endRow} (exclusive). */
  void bind(ColumnVector column, int row, int endRow) {
    vector = column;
    if (row == 0) {
      column.mayHaveNulls(false);
      if (type().isVariableWidth()) {
        column.offset(0, 0);
      }
    }
    long first = column.validity() + (row >> 3);
    Memory.putByte(first, (byte) (Memory.getByte(first) | 0xFF << (row & 7)));
    Memory.fill(first + 1, (endRow + 7 >> 3) - (row >> 3) - 1, (byte) 0xFF);
    readAddresses();
  }

  private void readAddresses() {
    data = vector.data();
    offsets = vector.offsets();
    lastWord = data + vector.dataCapacity() - Long.BYTES;
  }

  boolean isNull(int row) {
    return vector.isNull(row);
  }

  void setNull(int row) {
    vector.setNull(row);
    if (offsets != 0) {
      setLength(row, 0);
    }
  }

  void setValid(int row) {
    vector.setValid(row);
  }

  void putByte(int row, byte value) {
    Memory.putByte(data + row, value);
  }

  void putShort(int row, short value) {
    Memory.putShort(data + 2L * row, value);
  }

  void putInt(int row, int value) {
    Memory.putInt(data + 4L * row, value);
  }

  void putLong(int row, long value) {
    Memory.putLong(data + 8L * row, value);
  }

  void putFloat(int row, float value) {
    Memory.putFloat(data + 4L * row, value);
  }

  void putDouble(int row, double value) {
    Memory.putDouble(data + 8L * row, value);
  }

  void putDecimal(int row, long low, long high) {
    Memory.putLong(data + 16L * row, low);
    Memory.putLong(data + 16L * row + 8, high);
  }

  void putBoolean(int row, boolean value) {
    long address = data + (row >> 3);
    int bit = 1 << (row & 7);
    int byteValue = Memory.getByte(address);
    Memory.putByte(address, (byte) (value ? byteValue | bit : byteValue & ~bit));
  }

  /** Makes room for that many bytes of text and a word more; returns where the text goes. */
  long reserve(int row, int length) {
    long start = vector.offset(row);
    if (data + start + length > lastWord) {
      vector.reserveData(start + length + Long.BYTES);
      readAddresses();
    }
    return data + start;
  }

  void setLength(int row, int length) {
    Memory.putInt(offsets + 4L * row + 4, Memory.getInt(offsets + 4L * row) + length);
  }

  void putText(int row, long from, int length) {
    Memory.copy(from, reserve(row, length), length);
    setLength(row, length);
  }

  /**
   * Copies string text up to its closing quote, whose address it returns; 0, and the row is
   * undefined, if the text is not plain UTF-8 without escapes that ends before {@code end}, or the
   * column must grow first.
   */
  long copyText(int row, long from, long end) {
    long target = data + Memory.getInt(offsets + 4L * row);
    if (target + 8 > lastWord) {
      return 0;
    }
    // Most texts end in the first two words.
    long word = Memory.getLong(from);
    Memory.putLong(target, word);
    long special = Words.special(word);
    if (special != 0) {
      return endText(row, from, from + Words.first(special), end, word);
    }
    long next = Memory.getLong(from + 8);
    Memory.putLong(target + 8, next);
    special = Words.special(next);
    if (special != 0) {
      return endText(row, from, from + 8 + Words.first(special), end, word | next);
    }
    return copyLongText(row, from, end);
  }

  private long copyLongText(int row, long from, long end) {
    long shift = data + Memory.getInt(offsets + 4L * row) - from;
    long stop = Math.min(end, lastWord - shift + 1);
    long high = 0;
    for (long at = from; at < stop; at += 8) {
      long word = Memory.getLong(at);
      Memory.putLong(at + shift, word);
      high |= word;
      long special = Words.special(word);
      if (special != 0) {
        return endText(row, from, at + Words.first(special), end, high);
      }
    }
    return 0;
  }

  /**
   * @param high has the top bit of a byte set if any of the text's has
   */
  private long endText(int row, long from, long closing, long end, long high) {
    if (closing >= end || Memory.getByte(closing) != '"') {
      return 0;
    }
    if ((high & Words.TOP_BITS) != 0 && !Utf8.isValid(from, closing)) {
      return 0;
    }
    setLength(row, (int) (closing - from));
    return closing;
  }
}
