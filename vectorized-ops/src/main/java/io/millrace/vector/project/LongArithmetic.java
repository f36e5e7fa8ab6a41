package io.millrace.vector.project;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.VectorKernel;

/**
 * BIGINT arithmetic, row by row; null slots are computed as well and nulls are not looked at. Each
 * method says whether a row may have overflowed, null slots included; {@link Overflow} then tells
 * which rows did.
 */
public final class LongArithmetic {
  private static final VectorKernel VECTOR =
      VectorKernel.of(
          "BIGINT arithmetic",
          8,
          (area, rows, result) -> {
            addLoop(area, area, result, 0, rows);
            subtractLoop(area, area, result, 0, rows);
          },
          (area, rows, result) -> {
            LongArithmeticVector.add(area, area, result, 0, rows);
            LongArithmeticVector.subtract(area, area, result, 0, rows);
          });

  private LongArithmetic() {}

  public static boolean add(long left, long right, long result, int from, int to) {
    return VECTOR.isOn(to - from)
        ? LongArithmeticVector.add(left, right, result, from, to)
        : addLoop(left, right, result, from, to);
  }

  static boolean addLoop(long left, long right, long result, int from, int to) {
    long overflow = 0;
    for (int i = from; i < to; i++) {
      long x = Memory.getLong(left + 8L * i);
      long y = Memory.getLong(right + 8L * i);
      long sum = x + y;
      overflow |= (x ^ sum) & (y ^ sum);
      Memory.putLong(result + 8L * i, sum);
    }
    return overflow < 0;
  }

  public static boolean subtract(long left, long right, long result, int from, int to) {
    return VECTOR.isOn(to - from)
        ? LongArithmeticVector.subtract(left, right, result, from, to)
        : subtractLoop(left, right, result, from, to);
  }

  static boolean subtractLoop(long left, long right, long result, int from, int to) {
    long overflow = 0;
    for (int i = from; i < to; i++) {
      long x = Memory.getLong(left + 8L * i);
      long y = Memory.getLong(right + 8L * i);
      long difference = x - y;
      overflow |= (x ^ y) & (x ^ difference);
      Memory.putLong(result + 8L * i, difference);
    }
    return overflow < 0;
  }

  public static boolean multiply(long left, long right, long result, int from, int to) {
    long overflow = 0;
    for (int i = from; i < to; i++) {
      long x = Memory.getLong(left + 8L * i);
      long y = Memory.getLong(right + 8L * i);
      long product = x * y;
      overflow |= Math.multiplyHigh(x, y) ^ product >> 63;
      Memory.putLong(result + 8L * i, product);
    }
    return overflow != 0;
  }
}
