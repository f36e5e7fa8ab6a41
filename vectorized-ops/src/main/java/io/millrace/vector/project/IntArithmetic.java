package io.millrace.vector.project;

import io.millrace.vector.column.Memory;

/**
 * INT arithmetic, row by row; null slots are computed as well and nulls are not looked at. Each
 * method says whether a row may have overflowed, null slots included; {@link Overflow} then tells
 * which rows did.
 */
public final class IntArithmetic {
  private IntArithmetic() {}

  public static boolean add(long left, long right, long result, int from, int to) {
    int overflow = 0;
    for (int i = from; i < to; i++) {
      int x = Memory.getInt(left + 4L * i);
      int y = Memory.getInt(right + 4L * i);
      int sum = x + y;
      overflow |= (x ^ sum) & (y ^ sum);
      Memory.putInt(result + 4L * i, sum);
    }
    return overflow < 0;
  }

  public static boolean subtract(long left, long right, long result, int from, int to) {
    int overflow = 0;
    for (int i = from; i < to; i++) {
      int x = Memory.getInt(left + 4L * i);
      int y = Memory.getInt(right + 4L * i);
      int difference = x - y;
      overflow |= (x ^ y) & (x ^ difference);
      Memory.putInt(result + 4L * i, difference);
    }
    return overflow < 0;
  }

  public static boolean multiply(long left, long right, long result, int from, int to) {
    long overflow = 0;
    for (int i = from; i < to; i++) {
      long product = (long) Memory.getInt(left + 4L * i) * Memory.getInt(right + 4L * i);
      overflow |= product ^ (int) product;
      Memory.putInt(result + 4L * i, (int) product);
    }
    return overflow != 0;
  }
}
