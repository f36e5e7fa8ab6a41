package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Where one value of a type lies in every record, and how it goes in and out. Zeroed memory is
 * null, or 0 in a cell that is never null.
 */
public abstract sealed class RecordCell permits FixedCell, DecimalCell, BytesCell, FlagCell {
  /** The valid bit of a cell that is never null. */
  public static final int NEVER_NULL = -1;

  private final DataType type;
  private final int offset;
  private final int validBit;

  RecordCell(DataType type, int offset, int validBit) {
    this.type = type;
    this.offset = offset;
    this.validBit = validBit;
  }

  /**
   * @param offset of the value's bytes in a record
   * @param validBit which bit of a record is set when the value is not null, or {@link #NEVER_NULL}
   * @param arena for long values
   * @throws MillraceException if the type is nested
   */
  public static RecordCell of(DataType type, int offset, int validBit, BytesArena arena) {
    if (!type.isFlat()) {
      throw new MillraceException(
          ErrorCode.PLAN,
          type.sql() + ": nested values are neither keys nor kept per group; take their fields");
    }
    if (type.isVariableWidth()) {
      return new BytesCell(type, offset, validBit, arena);
    }
    return type instanceof DataType.Decimal
        ? new DecimalCell(type, offset, validBit)
        : new FixedCell(type, offset, validBit);
  }

  /** Bytes of a cell for values of a type, a multiple of 8. */
  public static int bytes(DataType type) {
    return type.isVariableWidth() || type instanceof DataType.Decimal ? 16 : 8;
  }

  public final DataType type() {
    return type;
  }

  /** Where the value's bytes begin in a record. */
  public final int offset() {
    return offset;
  }

  /** Which bit of a record says that the value is not null, or {@link #NEVER_NULL}. */
  public final int validBit() {
    return validBit;
  }

  public final boolean isNullable() {
    return validBit != NEVER_NULL;
  }

  public final boolean isValid(long record) {
    return validBit == NEVER_NULL || Bitmap.get(record, validBit);
  }

  /** Marks the value as there. */
  public final void setValid(long record) {
    if (validBit != NEVER_NULL) {
      Bitmap.set(record, validBit, true);
    }
  }

  /** Makes the value null and gives its memory back. */
  public void clear(long record) {
    release(record);
    if (validBit != NEVER_NULL) {
      Bitmap.set(record, validBit, false);
    }
    for (int i = 0; i < bytes(type); i += 8) {
      Memory.putLong(record + offset + i, 0);
    }
  }

  /** Puts a row's value, null or not, in the place of what is there. */
  public final void put(ColumnVector from, int row, long record) {
    if (from.mayHaveNulls() && from.isNull(row)) {
      clear(record);
    } else {
      putValue(from, row, record);
      setValid(record);
    }
  }

  /** Puts another record's value in the place of what is there. */
  public final void copy(long from, long into) {
    if (isValid(from)) {
      copyValue(from, into);
      setValid(into);
    } else {
      clear(into);
    }
  }

  abstract void putValue(ColumnVector from, int row, long record);

  abstract void copyValue(long from, long into);

  /** Gives memory back that the value has outside its record. */
  public void release(long record) {}

  /** The order of a row's value and a record's, neither of them null, as {@link Long#compare}. */
  public abstract int compare(ColumnVector column, int row, long record);

  /** The order of two records' values, neither of them null. */
  public abstract int compare(long left, long right);

  /** As keys: whether the row's value and the record's are equal or both null. */
  final boolean isSame(ColumnVector column, int row, long record) {
    boolean valid = !column.mayHaveNulls() || !column.isNull(row);
    return valid == isValid(record) && (!valid || isSameValue(column, row, record));
  }

  boolean isSameValue(ColumnVector column, int row, long record) {
    return compare(column, row, record) == 0;
  }

  /** As keys: whether two records' values are equal or both null. */
  final boolean isSame(long left, long right) {
    boolean valid = isValid(left);
    return valid == isValid(right) && (!valid || isSameValue(left, right));
  }

  boolean isSameValue(long left, long right) {
    return compare(left, right) == 0;
  }

  /**
   * Writes 0 in the place of each listed row's record that is there and has another value.
   *
   * @param scratch room for a 64-bit word per listed row
   * @return how many
   */
  int dropOthers(ColumnVector column, RowList rows, long scratch, long records) {
    int dropped = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      long record = Memory.getLong(records + 8L * row);
      if (record != 0 && !isSame(column, row, record)) {
        Memory.putLong(records + 8L * row, 0);
        dropped++;
      }
    }
    return dropped;
  }

  /** Puts a row's value as a key: equal ones get the same bits. */
  void putKey(ColumnVector column, int row, long record) {
    put(column, row, record);
  }

  /**
   * Writes the values of {@code count} records, whose addresses stand at {@code records}, into rows
   * of a column, dense from {@code at} on; to row 0 it starts the column afresh.
   */
  public final void gather(long records, int count, ColumnVector into, int at) {
    if (at == 0) {
      into.mayHaveNulls(false);
    }
    Bitmap.setBits(into.validity(), at, count);
    if (validBit != NEVER_NULL) {
      for (int i = 0; i < count; i++) {
        if (!Bitmap.get(Memory.getLong(records + 8L * i), validBit)) {
          into.setNull(at + i);
        }
      }
    }
    gatherValues(records, count, into, at);
  }

  abstract void gatherValues(long records, int count, ColumnVector into, int at);
}
