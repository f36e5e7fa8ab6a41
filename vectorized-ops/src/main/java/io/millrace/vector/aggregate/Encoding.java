package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Values that are not null as bytes, one behind the other: fixed-width ones as columns have them
 * (BOOLEAN as a byte), STRING and BINARY as a 32-bit length and their bytes.
 */
final class Encoding {
  private Encoding() {}

  /** Bytes of a fixed-width value; 0 for STRING and BINARY. */
  static int width(DataType type) {
    return type == DataType.BOOLEAN ? 1 : ColumnVector.width(type);
  }

  /** Bytes of a row's value. */
  static int size(ColumnVector column, int row) {
    return column.type().isVariableWidth() ? 4 + column.length(row) : width(column.type());
  }

  /** Bytes of the value at an address. */
  static int size(DataType type, long address) {
    return type.isVariableWidth() ? 4 + Memory.getInt(address) : width(type);
  }

  /** Writes a row's value. */
  static void write(ColumnVector column, int row, long address) {
    if (column.type().isVariableWidth()) {
      int length = column.length(row);
      Memory.putInt(address, length);
      Memory.copyShort(column.data() + column.offset(row), address + 4, length);
    } else if (column.type() == DataType.BOOLEAN) {
      Memory.putByte(address, (byte) (Bitmap.get(column.data(), row) ? 1 : 0));
    } else {
      int width = ColumnVector.width(column.type());
      Memory.copyShort(column.data() + (long) width * row, address, width);
    }
  }

  /** Reads a value into a row right behind those before it. */
  static void read(long address, ColumnVector column, int row) {
    column.setValid(row);
    if (column.type().isVariableWidth()) {
      int length = Memory.getInt(address);
      int start = column.offset(row);
      column.reserveData((long) start + length);
      Memory.copyShort(address + 4, column.data() + start, length);
      column.offset(row + 1, start + length);
    } else if (column.type() == DataType.BOOLEAN) {
      Bitmap.set(column.data(), row, Memory.getByte(address) != 0);
    } else {
      int width = ColumnVector.width(column.type());
      Memory.copyShort(address, column.data() + (long) width * row, width);
    }
  }
}
