package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.filter.DecimalComparison;

/** A DECIMAL as its 128-bit number. */
final class DecimalCell extends RecordCell {
  DecimalCell(DataType type, int offset, int validBit) {
    super(type, offset, validBit);
  }

  @Override
  void putValue(ColumnVector from, int row, long record) {
    move(from.data() + 16L * row, record + offset());
  }

  @Override
  void copyValue(long from, long into) {
    move(from + offset(), into + offset());
  }

  private static void move(long from, long to) {
    Memory.putLong(to, Memory.getLong(from));
    Memory.putLong(to + 8, Memory.getLong(from + 8));
  }

  @Override
  public int compare(ColumnVector column, int row, long record) {
    return DecimalComparison.compare(column.data() + 16L * row, record + offset());
  }

  @Override
  public int compare(long left, long right) {
    return DecimalComparison.compare(left + offset(), right + offset());
  }

  @Override
  void gatherValues(long records, int count, ColumnVector into, int at) {
    for (int i = 0; i < count; i++) {
      move(Memory.getLong(records + 8L * i) + offset(), into.data() + 16L * (at + i));
    }
  }
}
