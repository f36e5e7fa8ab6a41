package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Conversions of integers and of BOOLEAN, which counts as 1 and 0. */
final class IntegralCast {
  private IntegralCast() {}

  static CastKernel ofIntegral(DataType from, DataType to) {
    LongTarget target = LongTarget.of(to);
    return switch ((DataType.Simple) from) {
      case BOOLEAN ->
          (RowCast) (c, row, out) -> target.write(Bitmap.get(c.data(), row) ? 1 : 0, out, row);
      case TINYINT ->
          (RowCast) (c, row, out) -> target.write(Memory.getByte(c.data() + row), out, row);
      case SMALLINT ->
          (RowCast) (c, row, out) -> target.write(Memory.getShort(c.data() + 2L * row), out, row);
      case INT -> {
        if (to == DataType.BIGINT) {
          yield IntegralCast::intToLong;
        } else if (to == DataType.DOUBLE) {
          yield IntegralCast::intToDouble;
        }
        yield (RowCast) (c, row, out) -> target.write(Memory.getInt(c.data() + 4L * row), out, row);
      }
      case BIGINT -> {
        if (to == DataType.DOUBLE) {
          yield IntegralCast::longToDouble;
        }
        yield (RowCast)
            (c, row, out) -> target.write(Memory.getLong(c.data() + 8L * row), out, row);
      }
      case FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
          throw new IllegalArgumentException("assertion: " + from + " is not integral");
    };
  }

  // The conversions that analysis inserts most often; they cannot fail, so every row is converted.

  private static int intToLong(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    long source = from.data();
    long target = to.data();
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putLong(target + 8L * row, Memory.getInt(source + 4L * row));
    }
    return -1;
  }

  private static int intToDouble(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    long source = from.data();
    long target = to.data();
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putDouble(target + 8L * row, Memory.getInt(source + 4L * row));
    }
    return -1;
  }

  private static int longToDouble(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    long source = from.data();
    long target = to.data();
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putDouble(target + 8L * row, Memory.getLong(source + 8L * row));
    }
    return -1;
  }
}
