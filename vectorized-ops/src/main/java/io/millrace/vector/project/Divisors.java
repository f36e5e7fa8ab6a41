package io.millrace.vector.project;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/** Looks for zeros in columns of divisors; nulls are not looked at. */
public final class Divisors {
  private Divisors() {}

  /** The first row of the mask (0: all rows) in from..to that is zero, or -1. */
  public static int firstZero(ColumnVector divisors, int from, int to, long mask) {
    for (int row = from; row < to; row++) {
      if (IntegerArithmetic.isAsked(mask, row) && isZero(divisors, row)) {
        return row;
      }
    }
    return -1;
  }

  /** Whether a number is zero, of either sign. */
  public static boolean isZero(ColumnVector divisors, int row) {
    DataType type = divisors.type();
    long data = divisors.data();
    if (type == DataType.DOUBLE) {
      return Memory.getDouble(data + 8L * row) == 0;
    } else if (type == DataType.FLOAT) {
      return Memory.getFloat(data + 4L * row) == 0;
    } else if (type instanceof DataType.Decimal) {
      return (Memory.getLong(data + 16L * row) | Memory.getLong(data + 16L * row + 8)) == 0;
    }
    return IntegerArithmetic.load(data, ColumnVector.width(type), row) == 0;
  }
}
