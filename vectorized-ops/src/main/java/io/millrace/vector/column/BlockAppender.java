package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes rows of Java objects into a block. A value must be of the class that {@link Row} names for
 * its column's type, or of a smaller number's whose every value fits.
 */
public final class BlockAppender {
  private BlockAppender() {}

  /**
   * Adds a row behind the last.
   *
   * @return false if the block is full
   * @throws MillraceException with code DATA, no row added, if the row has another number of values
   *     than the block columns, or a value does not fit its column
   */
  public static boolean append(Block block, Row row) {
    if (row.size() != block.columnCount()) {
      throw new MillraceException(
          ErrorCode.DATA,
          "a row of "
              + row.size()
              + " values for "
              + block.columnCount()
              + " columns: "
              + block.schema());
    }
    int position = block.rowCount();
    if (position == block.rowCapacity()) {
      return false;
    }
    for (int i = 0; i < block.columnCount(); i++) {
      set(block.schema().field(i), block.column(i), position, row.get(i));
    }
    block.rowCount(position + 1);
    return true;
  }

  /** Writes one value behind the row before it. */
  static void set(Field field, ColumnVector column, int row, Object value) {
    if (row == 0) {
      column.mayHaveNulls(false);
    }
    if (value == null) {
      if (!field.nullable()) {
        throw new MillraceException(
            ErrorCode.DATA,
            "column " + field.name() + " is NOT NULL, the value is null; give a value");
      }
      column.putNull(row);
      return;
    }
    column.setValid(row);
    long address = column.data() + (long) ColumnVector.width(field.type()) * row;
    switch (field.type()) {
      case DataType.Simple simple -> {
        switch (simple) {
          case BOOLEAN -> putBoolean(column, row, as(Boolean.class, field, value));
          case TINYINT -> Memory.putByte(address, (byte) integer(field, value, Byte.BYTES));
          case SMALLINT -> Memory.putShort(address, (short) integer(field, value, Short.BYTES));
          case INT -> Memory.putInt(address, (int) integer(field, value, Integer.BYTES));
          case BIGINT -> Memory.putLong(address, integer(field, value, Long.BYTES));
          case FLOAT -> Memory.putFloat(address, floatValue(field, value));
          case DOUBLE -> Memory.putDouble(address, doubleValue(field, value));
          case STRING ->
              putBytes(
                  column, row, as(String.class, field, value).getBytes(StandardCharsets.UTF_8));
          case BINARY -> putBytes(column, row, as(byte[].class, field, value));
          case DATE -> Memory.putInt(address, days(field, as(LocalDate.class, field, value)));
          case TIMESTAMP ->
              Memory.putLong(address, microseconds(field, as(Instant.class, field, value)));
          case VOID -> throw mismatch(field, value, "null");
        }
      }
      case DataType.Decimal decimal -> putDecimal(address, unscaled(field, decimal, value));
      case DataType.Array ignored -> NestedAppender.put(field, column, row, value);
      case DataType.Map ignored -> NestedAppender.put(field, column, row, value);
      case DataType.Struct ignored -> NestedAppender.put(field, column, row, value);
    }
  }

  static <T> T as(Class<T> type, Field field, Object value) {
    if (!type.isInstance(value)) {
      throw mismatch(field, value, type.getSimpleName());
    }
    return type.cast(value);
  }

  /** A whole number of at most that many bytes. */
  private static long integer(Field field, Object value, int maxBytes) {
    int bytes =
        switch (value) {
          case Byte ignored -> Byte.BYTES;
          case Short ignored -> Short.BYTES;
          case Integer ignored -> Integer.BYTES;
          case Long ignored -> Long.BYTES;
          default -> Integer.MAX_VALUE;
        };
    if (bytes > maxBytes) {
      throw mismatch(
          field,
          value,
          switch (maxBytes) {
            case Byte.BYTES -> "Byte";
            case Short.BYTES -> "Short or Byte";
            case Integer.BYTES -> "Integer, Short or Byte";
            default -> "Long, Integer, Short or Byte";
          });
    }
    return ((Number) value).longValue();
  }

  private static float floatValue(Field field, Object value) {
    return switch (value) {
      case Float number -> number;
      case Short number -> number;
      case Byte number -> number;
      default -> throw mismatch(field, value, "Float, Short or Byte");
    };
  }

  private static double doubleValue(Field field, Object value) {
    return switch (value) {
      case Double number -> number;
      case Float number -> number;
      case Integer number -> number;
      case Short number -> number;
      case Byte number -> number;
      default -> throw mismatch(field, value, "Double, Float, Integer, Short or Byte");
    };
  }

  private static BigInteger unscaled(Field field, DataType.Decimal type, Object value) {
    BigDecimal decimal =
        switch (value) {
          case BigDecimal number -> number;
          case BigInteger number -> new BigDecimal(number);
          case Long number -> BigDecimal.valueOf(number);
          case Integer number -> BigDecimal.valueOf(number);
          case Short number -> BigDecimal.valueOf(number);
          case Byte number -> BigDecimal.valueOf(number);
          default -> throw mismatch(field, value, "BigDecimal, BigInteger, Long, Integer...");
        };
    // The digits in front are compared first: setScale would write out a huge exponent.
    boolean fits =
        decimal.signum() == 0
            || ((long) decimal.precision() - decimal.scale() <= type.precision() - type.scale()
                && decimal.stripTrailingZeros().scale() <= type.scale());
    if (!fits) {
      throw outOfRange(field, value);
    }
    return decimal.signum() == 0 ? BigInteger.ZERO : decimal.setScale(type.scale()).unscaledValue();
  }

  private static int days(Field field, LocalDate date) {
    long days = date.toEpochDay();
    if (days != (int) days) {
      throw outOfRange(field, date);
    }
    return (int) days;
  }

  /** What is finer than a microsecond is cut off, towards the past. */
  private static long microseconds(Field field, Instant time) {
    long second = time.getEpochSecond();
    long us = time.getNano() / 1_000;
    try {
      // Before 1970 the second's product may be out of range though the sum is not.
      return second < 0
          ? Math.addExact(Math.multiplyExact(second + 1, 1_000_000L), us - 1_000_000L)
          : Math.addExact(Math.multiplyExact(second, 1_000_000L), us);
    } catch (ArithmeticException e) {
      throw outOfRange(field, time);
    }
  }

  private static void putBoolean(ColumnVector column, int row, boolean value) {
    long address = column.data() + (row >> 3);
    int bit = 1 << (row & 7);
    int bits = Memory.getByte(address);
    Memory.putByte(address, (byte) (value ? bits | bit : bits & ~bit));
  }

  private static void putBytes(ColumnVector column, int row, byte[] bytes) {
    int start = column.offset(row);
    column.reserveData((long) start + bytes.length);
    Memory.copy(bytes, 0, column.data() + start, bytes.length);
    column.offset(row + 1, start + bytes.length);
  }

  private static void putDecimal(long address, BigInteger unscaled) {
    Memory.putLong(address, unscaled.longValue());
    Memory.putLong(address + Long.BYTES, unscaled.shiftRight(Long.SIZE).longValue());
  }

  private static MillraceException mismatch(Field field, Object value, String expected) {
    return new MillraceException(
        ErrorCode.DATA,
        "column "
            + field.name()
            + " is "
            + field.type().sql()
            + ", the value "
            + value
            + " is a "
            + value.getClass().getSimpleName()
            + "; give a "
            + expected);
  }

  private static MillraceException outOfRange(Field field, Object value) {
    return new MillraceException(
        ErrorCode.DATA,
        "column " + field.name() + ": the value " + value + " does not fit " + field.type().sql());
  }
}
