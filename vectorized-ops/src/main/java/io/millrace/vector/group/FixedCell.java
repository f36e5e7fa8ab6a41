package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.hash.KeyHash;

/** A value of up to 8 bytes as the 64-bit word that {@link Words} makes of it. */
final class FixedCell extends RecordCell {
  FixedCell(DataType type, int offset, int validBit) {
    super(type, offset, validBit);
  }

  @Override
  void putValue(ColumnVector from, int row, long record) {
    Memory.putLong(record + offset(), Words.ofRow(from, row));
  }

  @Override
  void copyValue(long from, long into) {
    Memory.putLong(into + offset(), Memory.getLong(from + offset()));
  }

  @Override
  public int compare(ColumnVector column, int row, long record) {
    return Long.compare(order(Words.ofRow(column, row)), order(Memory.getLong(record + offset())));
  }

  @Override
  public int compare(long left, long right) {
    return Long.compare(
        order(Memory.getLong(left + offset())), order(Memory.getLong(right + offset())));
  }

  private long order(long word) {
    return type().isFloating() ? Words.order(word) : word;
  }

  @Override
  void putKey(ColumnVector column, int row, long record) {
    put(column, row, record);
    if (type().isFloating() && isValid(record)) {
      double value = Memory.getDouble(record + offset());
      Memory.putLong(record + offset(), KeyHash.bits(value));
    }
  }

  @Override
  int dropOthers(ColumnVector column, RowList rows, long scratch, long records) {
    if (column.mayHaveNulls() || type().isFloating()) {
      return super.dropOthers(column, rows, scratch, records);
    }
    long words = Words.of(column, rows.from(), rows.to(), scratch);
    long list = rows.address();
    int base = rows.base();
    int count = rows.count();
    int offset = offset();
    int validBit = validBit();
    int dropped = 0;
    for (int i = 0; i < count; i++) {
      long at = 8L * (base + RowList.at(list, i));
      long record = Memory.getLong(records + at);
      if (record != 0
          && (Memory.getLong(record + offset) != Memory.getLong(words + at)
              || !Bitmap.get(record, validBit))) {
        Memory.putLong(records + at, 0);
        dropped++;
      }
    }
    return dropped;
  }

  @Override
  void gatherValues(long records, int count, ColumnVector into, int at) {
    long data = into.data();
    int offset = offset();
    switch ((DataType.Simple) type()) {
      case BIGINT, TIMESTAMP, DOUBLE -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Memory.putLong(data + 8L * (at + i), Memory.getLong(record + offset));
        }
      }
      case INT, DATE -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Memory.putInt(data + 4L * (at + i), (int) Memory.getLong(record + offset));
        }
      }
      case SMALLINT -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Memory.putShort(data + 2L * (at + i), (short) Memory.getLong(record + offset));
        }
      }
      case TINYINT -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Memory.putByte(data + at + i, (byte) Memory.getLong(record + offset));
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Memory.putFloat(data + 4L * (at + i), (float) Memory.getDouble(record + offset));
        }
      }
      case BOOLEAN -> {
        for (int i = 0; i < count; i++) {
          long record = Memory.getLong(records + 8L * i);
          Bitmap.set(data, at + i, Memory.getLong(record + offset) != 0);
        }
      }
      case STRING, BINARY, VOID ->
          throw new IllegalArgumentException("assertion: no fixed cell for " + type());
    }
  }
}
