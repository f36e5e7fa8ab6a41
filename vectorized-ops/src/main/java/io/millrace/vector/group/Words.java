package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Fixed-width values of up to 8 bytes as 64-bit words, so that one loop serves many types: whole
 * numbers, dates and times with their sign, BOOLEAN as 0 and 1, FLOAT and DOUBLE as the bits of a
 * double. What stands under a null becomes some word.
 */
public final class Words {
  private Words() {}

  /**
   * One word per row of from..to.
   *
   * @param scratch room for them
   * @return the address of row 0's word, were it there: the column's own memory if that has words
   */
  public static long of(ColumnVector column, int from, int to, long scratch) {
    long data = column.data();
    long words = scratch - 8L * from;
    switch ((DataType.Simple) column.type()) {
      case BIGINT, TIMESTAMP, DOUBLE -> words = data;
      case INT, DATE -> {
        for (int row = from; row < to; row++) {
          Memory.putLong(words + 8L * row, Memory.getInt(data + 4L * row));
        }
      }
      case FLOAT -> {
        for (int row = from; row < to; row++) {
          Memory.putDouble(words + 8L * row, Memory.getFloat(data + 4L * row));
        }
      }
      case SMALLINT -> {
        for (int row = from; row < to; row++) {
          Memory.putLong(words + 8L * row, Memory.getShort(data + 2L * row));
        }
      }
      case TINYINT -> {
        for (int row = from; row < to; row++) {
          Memory.putLong(words + 8L * row, Memory.getByte(data + row));
        }
      }
      case BOOLEAN -> {
        for (int row = from; row < to; row++) {
          Memory.putLong(words + 8L * row, Bitmap.get(data, row) ? 1 : 0);
        }
      }
      case STRING, BINARY, VOID -> throw hasNone(column.type());
    }
    return words;
  }

  /** As {@link #of}, with whole numbers turned into doubles. */
  public static long doubles(ColumnVector column, int from, int to, long scratch) {
    long words = of(column, from, to, scratch);
    if (column.type().isFloating()) {
      return words;
    }
    long doubles = scratch - 8L * from;
    for (int row = from; row < to; row++) {
      Memory.putDouble(doubles + 8L * row, Memory.getLong(words + 8L * row));
    }
    return doubles;
  }

  /** One row's word. */
  static long ofRow(ColumnVector column, int row) {
    long data = column.data();
    return switch ((DataType.Simple) column.type()) {
      case BIGINT, TIMESTAMP, DOUBLE -> Memory.getLong(data + 8L * row);
      case INT, DATE -> Memory.getInt(data + 4L * row);
      case FLOAT -> Double.doubleToRawLongBits(Memory.getFloat(data + 4L * row));
      case SMALLINT -> Memory.getShort(data + 2L * row);
      case TINYINT -> Memory.getByte(data + row);
      case BOOLEAN -> Bitmap.get(data, row) ? 1 : 0;
      case STRING, BINARY, VOID -> throw hasNone(column.type());
    };
  }

  /**
   * A whole number that is ordered as a double is, by its bits: NaN is one and the greatest, 0.0
   * and -0.0 are one.
   */
  public static long order(long doubleBits) {
    long bits = Double.doubleToLongBits(Double.longBitsToDouble(doubleBits) + 0.0);
    return bits ^ bits >> 63 >>> 1;
  }

  private static IllegalArgumentException hasNone(DataType type) {
    return new IllegalArgumentException("assertion: no 64-bit words for " + type.sql());
  }
}
