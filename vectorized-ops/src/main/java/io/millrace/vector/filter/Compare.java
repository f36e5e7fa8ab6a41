package io.millrace.vector.filter;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Comparisons of columns of any one flat type; nulls are not looked at. Results are bitmaps in
 * whole words from {@code from & ~63}.
 */
public final class Compare {
  private Compare() {}

  /** Whether {@link #constant} takes columns of a type; BOOLEAN compares column with column. */
  public static boolean hasConstantKernel(DataType type) {
    return type != DataType.BOOLEAN;
  }

  /** Compares each row with row 0 of another column, whose other rows may be missing. */
  public static void constant(
      Comparison comparison,
      ColumnVector column,
      ColumnVector constant,
      int from,
      int to,
      long result) {
    long values = column.data();
    long at = constant.data();
    switch (column.type()) {
      case DataType.Simple simple -> {
        switch (simple) {
          case TINYINT ->
              ByteComparison.constant(comparison, values, Memory.getByte(at), from, to, result);
          case SMALLINT ->
              ShortComparison.constant(comparison, values, Memory.getShort(at), from, to, result);
          case INT, DATE ->
              IntComparison.constant(comparison, values, Memory.getInt(at), from, to, result);
          case BIGINT, TIMESTAMP ->
              LongComparison.constant(comparison, values, Memory.getLong(at), from, to, result);
          case FLOAT ->
              FloatComparison.constant(comparison, values, Memory.getFloat(at), from, to, result);
          case DOUBLE ->
              DoubleComparison.constant(comparison, values, Memory.getDouble(at), from, to, result);
          case STRING, BINARY ->
              BytesComparison.constant(comparison, column, constant, from, to, result);
          case BOOLEAN, VOID -> throw incomparable(simple);
        }
      }
      case DataType.Decimal ignored ->
          DecimalComparison.constant(comparison, values, at, from, to, result);
      case DataType.Array type -> throw incomparable(type);
      case DataType.Map type -> throw incomparable(type);
      case DataType.Struct type -> throw incomparable(type);
    }
  }

  /** Compares row by row; both columns have the same type. */
  public static void columns(
      Comparison comparison, ColumnVector left, ColumnVector right, int from, int to, long result) {
    long x = left.data();
    long y = right.data();
    switch (left.type()) {
      case DataType.Simple simple -> {
        switch (simple) {
          case BOOLEAN -> BooleanComparison.columns(comparison, x, y, from, to, result);
          case TINYINT -> ByteComparison.columns(comparison, x, y, from, to, result);
          case SMALLINT -> ShortComparison.columns(comparison, x, y, from, to, result);
          case INT, DATE -> IntComparison.columns(comparison, x, y, from, to, result);
          case BIGINT, TIMESTAMP -> LongComparison.columns(comparison, x, y, from, to, result);
          case FLOAT -> FloatComparison.columns(comparison, x, y, from, to, result);
          case DOUBLE -> DoubleComparison.columns(comparison, x, y, from, to, result);
          case STRING, BINARY -> BytesComparison.columns(comparison, left, right, from, to, result);
          case VOID -> throw incomparable(simple);
        }
      }
      case DataType.Decimal ignored ->
          DecimalComparison.columns(comparison, x, y, from, to, result);
      case DataType.Array type -> throw incomparable(type);
      case DataType.Map type -> throw incomparable(type);
      case DataType.Struct type -> throw incomparable(type);
    }
  }

  /**
   * The order of two rows that are not null, as {@link Integer#compare}; for sorting and greatest.
   */
  public static int rows(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    long x = left.data();
    long y = right.data();
    return switch (left.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> bit(x, leftRow) - bit(y, rightRow);
            case TINYINT -> Memory.getByte(x + leftRow) - Memory.getByte(y + rightRow);
            case SMALLINT -> Memory.getShort(x + 2L * leftRow) - Memory.getShort(y + 2L * rightRow);
            case INT, DATE ->
                Integer.compare(Memory.getInt(x + 4L * leftRow), Memory.getInt(y + 4L * rightRow));
            case BIGINT, TIMESTAMP ->
                Long.compare(Memory.getLong(x + 8L * leftRow), Memory.getLong(y + 8L * rightRow));
            case FLOAT ->
                floating(Memory.getFloat(x + 4L * leftRow), Memory.getFloat(y + 4L * rightRow));
            case DOUBLE ->
                floating(Memory.getDouble(x + 8L * leftRow), Memory.getDouble(y + 8L * rightRow));
            case STRING, BINARY -> BytesComparison.compare(left, leftRow, right, rightRow);
            case VOID -> throw incomparable(simple);
          };
      case DataType.Decimal ignored ->
          DecimalComparison.compare(x + 16L * leftRow, y + 16L * rightRow);
      case DataType.Array type -> throw incomparable(type);
      case DataType.Map type -> throw incomparable(type);
      case DataType.Struct type -> throw incomparable(type);
    };
  }

  private static int bit(long bitmap, int row) {
    return Memory.getByte(bitmap + (row >> 3)) >> (row & 7) & 1;
  }

  /** NaN above everything, -0.0 equal to 0.0. */
  private static int floating(double x, double y) {
    return x == y ? 0 : Double.compare(x, y);
  }

  private static IllegalArgumentException incomparable(DataType type) {
    return new IllegalArgumentException("assertion: analysis lets nobody compare " + type.sql());
  }
}
