package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.concurrent.TimeUnit;

/** Writes an integer as another type; false if that type's range does not hold it. */
@FunctionalInterface
interface LongTarget {
  boolean write(long value, ColumnVector to, int row);

  /** TIMESTAMP takes the integer for seconds and stops at its ends, as Spark does. */
  static LongTarget of(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return (value, to, row) -> DecimalScaling.write(value, 0, decimal, to.data() + 16L * row);
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN ->
          (value, to, row) -> {
            Bitmap.set(to.data(), row, value != 0);
            return true;
          };
      case TINYINT ->
          (value, to, row) -> {
            Memory.putByte(to.data() + row, (byte) value);
            return value == (byte) value;
          };
      case SMALLINT ->
          (value, to, row) -> {
            Memory.putShort(to.data() + 2L * row, (short) value);
            return value == (short) value;
          };
      case INT ->
          (value, to, row) -> {
            Memory.putInt(to.data() + 4L * row, (int) value);
            return value == (int) value;
          };
      case BIGINT ->
          (value, to, row) -> {
            Memory.putLong(to.data() + 8L * row, value);
            return true;
          };
      case FLOAT ->
          (value, to, row) -> {
            Memory.putFloat(to.data() + 4L * row, value);
            return true;
          };
      case DOUBLE ->
          (value, to, row) -> {
            Memory.putDouble(to.data() + 8L * row, value);
            return true;
          };
      case TIMESTAMP ->
          (value, to, row) -> {
            Memory.putLong(to.data() + 8L * row, TimeUnit.SECONDS.toMicros(value));
            return true;
          };
      case STRING, BINARY, DATE, VOID ->
          throw new IllegalArgumentException("assertion: no integer becomes a " + type);
    };
  }
}
