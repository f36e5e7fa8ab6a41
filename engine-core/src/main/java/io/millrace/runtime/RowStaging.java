package io.millrace.runtime;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.Arrays;

/**
 * One row on the heap, set column by column in any order and checked against the schema. Allocates
 * only to grow.
 */
final class RowStaging {
  private static final int INITIAL_BYTES = 64;
  private static final int MAX_RESERVED_BYTES = 16 << 20;

  private final String owner;
  private final Schema schema;
  private final DataType[] types;
  private final boolean[] set;
  private final long[] values;
  private final byte[][] bytes;

  /**
   * @param owner for errors
   */
  RowStaging(String owner, Schema schema) {
    this.owner = owner;
    this.schema = schema;
    int columns = schema.size();
    types = new DataType[columns];
    set = new boolean[columns];
    values = new long[columns];
    bytes = new byte[columns][];
    for (int i = 0; i < columns; i++) {
      types[i] = schema.field(i).type();
      if (types[i].isVariableWidth()) {
        bytes[i] = new byte[INITIAL_BYTES];
      }
    }
  }

  void setNull(int column) {
    type(column);
    set[column] = false;
  }

  /** Sets a value of at most 64 bits; floats as their raw bits. */
  void set(int column, DataType given, long value) {
    if (type(column) != given) {
      throw wrongType(column, given.sql());
    }
    values[column] = value;
    set[column] = true;
  }

  void setInt(int column, int value) {
    DataType type = type(column);
    boolean fits =
        type == DataType.TINYINT
            ? value == (byte) value
            : type == DataType.SMALLINT ? value == (short) value : type.isIntegral();
    if (!type.isIntegral()) {
      throw wrongType(column, "INT");
    } else if (!fits) {
      throw new MillraceException(
          ErrorCode.DATA, where(column) + ": " + value + " is out of the range of " + type.sql());
    }
    values[column] = value;
    set[column] = true;
  }

  void setDecimal(int column, long unscaled) {
    if (!(type(column) instanceof DataType.Decimal decimal)) {
      throw wrongType(column, "DECIMAL");
    }
    if (digits(unscaled) > decimal.precision()) {
      throw new MillraceException(
          ErrorCode.DATA,
          where(column) + ": " + unscaled + " has more digits than " + decimal.sql());
    }
    values[column] = unscaled;
    set[column] = true;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Sets a STRING or BINARY of that length; the caller fills it in from the beginning. */
  byte[] bytes(int column, int length) {
    if (!type(column).isVariableWidth()) {
      throw wrongType(column, "STRING or BINARY");
    }
    if (bytes[column].length < length) {
      bytes[column] = new byte[Math.max(length, 2 * bytes[column].length)];
    }
    values[column] = length;
    set[column] = true;
    return bytes[column];
  }

  /**
   * @throws MillraceException if a NOT NULL column is null
   */
  void requireComplete() {
    for (int i = 0; i < set.length; i++) {
      if (!set[i] && !schema.field(i).nullable()) {
        throw new MillraceException(ErrorCode.DATA, where(i) + " is NOT NULL and was not set");
      }
    }
  }

  /**
   * Whether the block's columns have room for the row's bytes without growing, which would move
   * what readers read.
   */
  boolean fits(Block block) {
    int row = block.rowCount();
    for (int i = 0; i < set.length; i++) {
      if (bytes[i] != null && set[i]) {
        ColumnVector column = block.column(i);
        if (column.offset(row) + values[i] > column.dataCapacity()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Lets an empty block grow, so that it takes this row, and many like it. */
  void reserve(Block block) {
    for (int i = 0; i < set.length; i++) {
      if (bytes[i] != null && set[i]) {
        long wanted = Math.min(MAX_RESERVED_BYTES, values[i] * block.rowCapacity());
        block.column(i).reserveData(Math.max(values[i], wanted));
      }
    }
  }

  /** Writes the row into a block that has room, all validity bits behind its last row being 0. */
  void writeTo(Block block, int row) {
    for (int i = 0; i < set.length; i++) {
      ColumnVector column = block.column(i);
      if (bytes[i] != null) {
        writeBytes(column, row, i);
      } else if (set[i]) {
        writeFixed(column, row, values[i]);
      }
      if (set[i]) {
        column.setValid(row);
      } else {
        column.mayHaveNulls(true);
      }
    }
  }

  private void writeBytes(ColumnVector column, int row, int i) {
    int start = column.offset(row);
    int length = set[i] ? (int) values[i] : 0;
    Memory.copy(bytes[i], 0, column.data() + start, length);
    column.offset(row + 1, start + length);
  }

  private static void writeFixed(ColumnVector column, int row, long value) {
    long data = column.data();
    switch (ColumnVector.width(column.type())) {
      case 0 -> writeBit(data, row, value);
      case 1 -> Memory.putByte(data + row, (byte) value);
      case 2 -> Memory.putShort(data + 2L * row, (short) value);
      case 4 -> Memory.putInt(data + 4L * row, (int) value);
      case 8 -> Memory.putLong(data + 8L * row, value);
      default -> {
        Memory.putLong(data + 16L * row, value);
        Memory.putLong(data + 16L * row + 8, value >> 63);
      }
    }
  }

  private static void writeBit(long data, int row, long value) {
    long address = data + (row >> 3);
    int bit = 1 << (row & 7);
    byte bits = Memory.getByte(address);
    Memory.putByte(address, (byte) (value != 0 ? bits | bit : bits & ~bit));
  }

  /** Begins a new row, all null. */
  void clear() {
    Arrays.fill(set, false);
  }

  private DataType type(int column) {
    if (column < 0 || column >= types.length) {
      throw new MillraceException(
          ErrorCode.PLAN, owner + ": no column " + column + "; it has " + schema);
    }
    return types[column];
  }

  private MillraceException wrongType(int column, String given) {
    return new MillraceException(
        ErrorCode.PLAN, where(column) + " is " + types[column].sql() + ", not " + given);
  }

  private String where(int column) {
    return owner + ", column " + schema.field(column).name();
  }
}
