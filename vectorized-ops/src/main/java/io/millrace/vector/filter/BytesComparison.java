package io.millrace.vector.filter;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Comparisons of STRING and BINARY columns by unsigned bytes, which for UTF-8 is the order of code
 * points; nulls are not looked at.
 */
public final class BytesComparison {
  private BytesComparison() {}

  /** Compares each row with row 0 of another column. */
  public static void constant(
      Comparison comparison,
      ColumnVector column,
      ColumnVector constant,
      int from,
      int to,
      long result) {
    long data = column.data();
    long offsets = column.offsets();
    long bytes = constant.data() + constant.offset(0);
    int length = constant.length(0);
    boolean equality = comparison.loop() == Comparison.EQUAL;
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = Math.max(row, from), end = Math.min(row + 64, to); i < end; i++) {
        int start = Memory.getInt(offsets + 4L * i);
        int size = Memory.getInt(offsets + 4L * i + 4) - start;
        boolean holds =
            equality
                ? (size == length && equal(data + start, bytes, size)) != comparison.isInverted()
                : comparison.holds(compare(data + start, size, bytes, length));
        word |= (holds ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word);
    }
  }

  /** Compares row by row. */
  public static void columns(
      Comparison comparison, ColumnVector left, ColumnVector right, int from, int to, long result) {
    boolean equality = comparison.loop() == Comparison.EQUAL;
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      for (int i = Math.max(row, from), end = Math.min(row + 64, to); i < end; i++) {
        boolean holds =
            equality
                ? equal(left, i, right, i) != comparison.isInverted()
                : comparison.holds(compare(left, i, right, i));
        word |= (holds ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word);
    }
  }

  /** Whether a row of one column has the bytes of a row of another. */
  public static boolean equal(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    int length = left.length(leftRow);
    return length == right.length(rightRow)
        && equal(left.data() + left.offset(leftRow), right.data() + right.offset(rightRow), length);
  }

  /** The order of a row of one column and a row of another. */
  public static int compare(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    return compare(
        left.data() + left.offset(leftRow),
        left.length(leftRow),
        right.data() + right.offset(rightRow),
        right.length(rightRow));
  }

  /** Whether two stretches of the same length hold the same bytes; reads nothing outside them. */
  public static boolean equal(long left, long right, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (Memory.getLong(left + i) != Memory.getLong(right + i)) {
        return false;
      }
    }
    if (length >= 8) {
      return Memory.getLong(left + length - 8) == Memory.getLong(right + length - 8);
    }
    if (length >= 4) {
      return Memory.getInt(left) == Memory.getInt(right)
          && Memory.getInt(left + length - 4) == Memory.getInt(right + length - 4);
    }
    for (; i < length; i++) {
      if (Memory.getByte(left + i) != Memory.getByte(right + i)) {
        return false;
      }
    }
    return true;
  }

  /** The order of two stretches by unsigned bytes, the shorter first where one begins the other. */
  public static int compare(long left, int leftLength, long right, int rightLength) {
    int length = Math.min(leftLength, rightLength);
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      long x = Memory.getLong(left + i);
      long y = Memory.getLong(right + i);
      if (x != y) {
        return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
      }
    }
    for (; i < length; i++) {
      int difference = (Memory.getByte(left + i) & 0xFF) - (Memory.getByte(right + i) & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(leftLength, rightLength);
  }
}
