package io.millrace.vector.project;

import io.millrace.types.DataType;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic of two DECIMAL columns into a third, each with its own scale; a result is rounded half
 * up to its scale. Numbers of up to 18 digits are computed without allocation. Only rows that are
 * asked for are computed.
 */
public final class DecimalArithmetic {
  private static final int LONG_DIGITS = 18;

  private final Arithmetic operator;
  private final DataType.Decimal left;
  private final DataType.Decimal right;
  private final DataType.Decimal result;
  private final long leftFactor;
  private final long rightFactor;
  private final boolean narrow;

  /** The first number that a narrow result has too many digits for. */
  private final long limit;

  public DecimalArithmetic(
      Arithmetic operator, DataType.Decimal left, DataType.Decimal right, DataType.Decimal result) {
    this.operator = operator;
    this.left = left;
    this.right = right;
    this.result = result;
    int scale = Math.max(left.scale(), right.scale());
    this.narrow =
        switch (operator) {
          case ADD, SUBTRACT, REMAINDER ->
              result.scale() == scale
                  && left.precision() + scale - left.scale() <= LONG_DIGITS
                  && right.precision() + scale - right.scale() <= LONG_DIGITS;
          case MULTIPLY ->
              left.precision() <= LONG_DIGITS
                  && right.precision() <= LONG_DIGITS
                  && result.scale() == left.scale() + right.scale()
                  && result.precision() >= left.precision() + right.precision();
          case DIVIDE -> false;
        };
    this.limit =
        result.precision() <= LONG_DIGITS ? powerOfTen(result.precision()) : Long.MAX_VALUE;
    this.leftFactor = narrow ? powerOfTen(scale - left.scale()) : 1;
    this.rightFactor = narrow ? powerOfTen(scale - right.scale()) : 1;
  }

  /**
   * Computes the rows of the mask (0: all rows) in from..to, up to the first that fails.
   *
   * @return the row that overflows or divides by zero, or -1; the rows behind it are not computed
   */
  public int compute(long leftValues, long rightValues, long results, int from, int to, long mask) {
    for (int row = from; row < to; row++) {
      if (IntegerArithmetic.isAsked(mask, row)) {
        long x = leftValues + 16L * row;
        long y = rightValues + 16L * row;
        long address = results + 16L * row;
        boolean done =
            narrow ? narrow(Memory.getLong(x), Memory.getLong(y), address) : wide(x, y, address);
        if (!done) {
          return row;
        }
      }
    }
    return -1;
  }

  private boolean narrow(long x, long y, long address) {
    if (operator == Arithmetic.MULTIPLY) {
      Memory.putLong(address, x * y);
      Memory.putLong(address + 8, Math.multiplyHigh(x, y));
      return true;
    }
    if (operator == Arithmetic.REMAINDER && y == 0) {
      return false;
    }
    long value =
        switch (operator) {
          case ADD -> x * leftFactor + y * rightFactor;
          case SUBTRACT -> x * leftFactor - y * rightFactor;
          default -> x * leftFactor % (y * rightFactor);
        };
    if (Math.abs(value) >= limit) {
      return false;
    }
    Memory.putLong(address, value);
    Memory.putLong(address + 8, value >> 63);
    return true;
  }

  private boolean wide(long x, long y, long address) {
    BigDecimal a = Cell.getDecimal(x, left.scale());
    BigDecimal b = Cell.getDecimal(y, right.scale());
    boolean division = operator == Arithmetic.DIVIDE || operator == Arithmetic.REMAINDER;
    if (division && b.signum() == 0) {
      return false;
    }
    BigDecimal value =
        switch (operator) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> a.divide(b, result.scale(), RoundingMode.HALF_UP);
          case REMAINDER -> a.remainder(b);
        };
    return store(value, result, address);
  }

  /** Rounds half up to the type's scale and writes; false if that has too many digits. */
  static boolean store(BigDecimal value, DataType.Decimal type, long address) {
    BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (rounded.precision() > type.precision()) {
      return false;
    }
    Cell.putDecimal(address, rounded, type.scale());
    return true;
  }

  /** Writes each row with its sign changed, or without it; it cannot fail. */
  public static void negate(boolean absolute, long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      long low = Memory.getLong(values + 16L * row);
      long high = Memory.getLong(values + 16L * row + 8);
      if (!absolute || high < 0) {
        high = ~high + (low == 0 ? 1 : 0);
        low = -low;
      }
      Memory.putLong(result + 16L * row, low);
      Memory.putLong(result + 16L * row + 8, high);
    }
  }

  static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
