package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.text.NumberFormatter;

/**
 * Conversions of FLOAT and DOUBLE. Integers lose the fraction and must hold the rest; NaN and the
 * infinities convert to no integer, DECIMAL or TIMESTAMP.
 */
final class FloatingCast {
  /** Writes a floating-point number as another type; false if that type does not hold it. */
  @FunctionalInterface
  private interface DoubleTarget {
    boolean write(double value, ColumnVector to, int row);
  }

  private FloatingCast() {}

  static CastKernel ofFloating(DataType from, DataType to) {
    if (from == DataType.FLOAT && to == DataType.DOUBLE) {
      return FloatingCast::floatToDouble;
    }
    DoubleTarget target = target(to);
    return from == DataType.FLOAT
        ? (RowCast) (c, row, out) -> target.write(Memory.getFloat(c.data() + 4L * row), out, row)
        : (RowCast) (c, row, out) -> target.write(Memory.getDouble(c.data() + 8L * row), out, row);
  }

  private static int floatToDouble(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putDouble(to.data() + 8L * row, Memory.getFloat(from.data() + 4L * row));
    }
    return -1;
  }

  private static DoubleTarget target(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      NumberScratch scratch = new NumberScratch();
      return (value, to, row) ->
          scratch.toDecimal(
              NumberFormatter.formatDouble(value, scratch.address()),
              decimal,
              to.data() + 16L * row);
    }
    return switch ((DataType.Simple) type) {
      case TINYINT -> integral(type, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> integral(type, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> integral(type, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integral(type, Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN ->
          (value, to, row) -> {
            Bitmap.set(to.data(), row, value != 0);
            return true;
          };
      case FLOAT ->
          (value, to, row) -> {
            Memory.putFloat(to.data() + 4L * row, (float) value);
            return true;
          };
      case TIMESTAMP ->
          (value, to, row) -> {
            double us = value * 1_000_000;
            Memory.putLong(to.data() + 8L * row, (long) us);
            return us >= Long.MIN_VALUE && us <= Long.MAX_VALUE;
          };
      case DOUBLE, STRING, BINARY, DATE, VOID ->
          throw new IllegalArgumentException("assertion: no other number becomes a " + type);
    };
  }

  /** The bounds are those of Spark: 2^63 as a double still becomes the largest BIGINT. */
  private static DoubleTarget integral(DataType type, long min, long max) {
    LongTarget target = LongTarget.of(type);
    return (value, to, row) ->
        Math.floor(value) <= max && Math.ceil(value) >= min && target.write((long) value, to, row);
  }
}
