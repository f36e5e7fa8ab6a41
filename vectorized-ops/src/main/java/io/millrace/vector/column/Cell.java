package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * One cell as a Java object of the type's class, TIMESTAMP as Long microseconds and DATE as Integer
 * days, nested values as {@link BlockReader} has them: for constants, error messages and tests. It
 * allocates.
 */
public final class Cell {
  private Cell() {}

  /** The value of a row, or null. */
  public static Object get(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    long data = column.data();
    return switch (column.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> (Memory.getByte(data + (row >> 3)) >> (row & 7) & 1) == 1;
            case TINYINT -> Memory.getByte(data + row);
            case SMALLINT -> Memory.getShort(data + 2L * row);
            case INT, DATE -> Memory.getInt(data + 4L * row);
            case BIGINT, TIMESTAMP -> Memory.getLong(data + 8L * row);
            case FLOAT -> Memory.getFloat(data + 4L * row);
            case DOUBLE -> Memory.getDouble(data + 8L * row);
            case STRING -> column.getString(row);
            case BINARY -> column.getBinary(row);
            case VOID -> null;
          };
      case DataType.Decimal decimal -> getDecimal(data + 16L * row, decimal.scale());
      case DataType.Array ignored -> BlockReader.value(column, row);
      case DataType.Map ignored -> BlockReader.value(column, row);
      case DataType.Struct ignored -> BlockReader.value(column, row);
    };
  }

  /**
   * Writes a row; with a variable-width type, right behind the bytes of the row before it. The
   * caller keeps {@link ColumnVector#mayHaveNulls} honest before the first null.
   *
   * @param value null, or of the type's class; a BigDecimal must fit the type's scale
   */
  public static void put(ColumnVector column, int row, Object value) {
    if (value == null) {
      column.putNull(row);
      return;
    }
    column.setValid(row);
    long data = column.data();
    switch (column.type()) {
      case DataType.Simple simple -> {
        switch (simple) {
          case BOOLEAN -> {
            long address = data + (row >> 3);
            int bit = 1 << (row & 7);
            byte old = Memory.getByte(address);
            Memory.putByte(address, (byte) ((Boolean) value ? old | bit : old & ~bit));
          }
          case TINYINT -> Memory.putByte(data + row, (Byte) value);
          case SMALLINT -> Memory.putShort(data + 2L * row, (Short) value);
          case INT, DATE -> Memory.putInt(data + 4L * row, (Integer) value);
          case BIGINT, TIMESTAMP -> Memory.putLong(data + 8L * row, (Long) value);
          case FLOAT -> Memory.putFloat(data + 4L * row, (Float) value);
          case DOUBLE -> Memory.putDouble(data + 8L * row, (Double) value);
          case STRING -> putBytes(column, row, ((String) value).getBytes(StandardCharsets.UTF_8));
          case BINARY -> putBytes(column, row, (byte[]) value);
          case VOID -> throw new IllegalArgumentException("assertion: a value of type VOID");
        }
      }
      case DataType.Decimal decimal ->
          putDecimal(data + 16L * row, (BigDecimal) value, decimal.scale());
      case DataType.Array type -> NestedAppender.put(nested(type), column, row, value);
      case DataType.Map type -> NestedAppender.put(nested(type), column, row, value);
      case DataType.Struct type -> NestedAppender.put(nested(type), column, row, value);
    }
  }

  private static Field nested(DataType type) {
    return new Field("value", type, true);
  }

  private static void putBytes(ColumnVector column, int row, byte[] bytes) {
    int start = column.offset(row);
    column.reserveData((long) start + bytes.length);
    Memory.copy(bytes, 0, column.data() + start, bytes.length);
    column.offset(row + 1, start + bytes.length);
  }

  /** The 128-bit two's complement number at an address, divided by ten to the scale. */
  public static BigDecimal getDecimal(long address, int scale) {
    long low = Memory.getLong(address);
    long high = Memory.getLong(address + 8);
    if (high == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    byte[] bytes = new byte[16];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (high >> 56 - 8 * i);
      bytes[8 + i] = (byte) (low >> 56 - 8 * i);
    }
    return new BigDecimal(new BigInteger(bytes), scale);
  }

  /** Writes a number that fits the scale exactly and 128 bits. */
  public static void putDecimal(long address, BigDecimal value, int scale) {
    BigInteger unscaled = value.setScale(scale).unscaledValue();
    Memory.putLong(address, unscaled.longValue());
    Memory.putLong(address + 8, unscaled.shiftRight(64).longValueExact());
  }
}
