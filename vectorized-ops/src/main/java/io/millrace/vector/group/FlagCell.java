package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/** A BOOLEAN that is never null and takes one bit of a record. */
public final class FlagCell extends RecordCell {
  private final int bit;

  /**
   * @param bit counted from the record's address
   */
  public FlagCell(int bit) {
    super(DataType.BOOLEAN, bit >> 3, NEVER_NULL);
    this.bit = bit;
  }

  public boolean isSet(long record) {
    return Bitmap.get(record, bit);
  }

  public void set(long record, boolean value) {
    Bitmap.set(record, bit, value);
  }

  @Override
  public void clear(long record) {
    set(record, false);
  }

  @Override
  void putValue(ColumnVector from, int row, long record) {
    set(record, Bitmap.get(from.data(), row));
  }

  @Override
  void copyValue(long from, long into) {
    set(into, isSet(from));
  }

  @Override
  public int compare(ColumnVector column, int row, long record) {
    return Boolean.compare(Bitmap.get(column.data(), row), isSet(record));
  }

  @Override
  public int compare(long left, long right) {
    return Boolean.compare(isSet(left), isSet(right));
  }

  @Override
  void gatherValues(long records, int count, ColumnVector into, int at) {
    for (int i = 0; i < count; i++) {
      Bitmap.set(into.data(), at + i, isSet(Memory.getLong(records + 8L * i)));
    }
  }
}
