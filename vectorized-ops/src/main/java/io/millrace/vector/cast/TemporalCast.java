package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Conversions between DATE, TIMESTAMP and numbers; as a number a timestamp is its seconds since
 * 1970, rounded down to whole ones for integers. Dates begin at midnight UTC.
 */
final class TemporalCast {
  private static final long SECOND_US = 1_000_000;
  private static final long DAY_US = 86_400 * SECOND_US;

  private TemporalCast() {}

  static boolean dateToTimestamp(ColumnVector from, int row, ColumnVector to) {
    long days = Memory.getInt(from.data() + 4L * row);
    long us = days * DAY_US;
    Memory.putLong(to.data() + 8L * row, us);
    return Math.multiplyHigh(days, DAY_US) == us >> 63;
  }

  static CastKernel ofTimestamp(DataType to) {
    if (to instanceof DataType.Decimal decimal) {
      return (RowCast)
          (c, row, out) ->
              DecimalScaling.write(
                  Memory.getLong(c.data() + 8L * row), 6, decimal, out.data() + 16L * row);
    } else if (to == DataType.DATE) {
      return (RowCast)
          (c, row, out) -> {
            long days = Math.floorDiv(Memory.getLong(c.data() + 8L * row), DAY_US);
            Memory.putInt(out.data() + 4L * row, (int) days);
            return true;
          };
    } else if (to == DataType.DOUBLE) {
      return (RowCast)
          (c, row, out) -> {
            double us = Memory.getLong(c.data() + 8L * row);
            Memory.putDouble(out.data() + 8L * row, us / SECOND_US);
            return true;
          };
    } else if (to == DataType.FLOAT) {
      return (RowCast)
          (c, row, out) -> {
            double us = Memory.getLong(c.data() + 8L * row);
            Memory.putFloat(out.data() + 4L * row, (float) (us / SECOND_US));
            return true;
          };
    }
    LongTarget target = LongTarget.of(to);
    return (RowCast)
        (c, row, out) ->
            target.write(Math.floorDiv(Memory.getLong(c.data() + 8L * row), SECOND_US), out, row);
  }
}
