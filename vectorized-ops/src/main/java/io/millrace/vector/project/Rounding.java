package io.millrace.vector.project;

import io.millrace.types.DataType;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounding half up (away from zero), floor and ceiling; nulls are not looked at. */
public final class Rounding {
  private Rounding() {}

  /**
   * Rounds to a number of digits behind the point; negative digits round before it. As in Spark it
   * is the shortest decimal text of a number that is rounded, so that 1.005 becomes 1.01.
   */
  public static double round(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    if (digits >= 0 && digits <= 15) {
      double power = DecimalArithmetic.powerOfTen(digits);
      double scaled = value * power;
      double floor = Math.floor(scaled);
      double fraction = scaled - floor;
      // Far from a tie and small enough, neither the product's error nor that of the binary number
      // can change the result, and integer / power of ten is the nearest double.
      if (Math.abs(scaled) < 1L << 40 && Math.abs(fraction - 0.5) > 1e-3) {
        return (fraction > 0.5 ? floor + 1 : floor) / power + 0.0;
      }
    }
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }

  public static void roundDouble(long values, int digits, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putDouble(result + 8L * row, round(Memory.getDouble(values + 8L * row), digits));
    }
  }

  public static void roundFloat(long values, int digits, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putFloat(result + 4L * row, (float) round(Memory.getFloat(values + 4L * row), digits));
    }
  }

  /**
   * Rounds integers before the point, in rows of the mask (0: all).
   *
   * @param digits zero or less
   * @return the first row whose result does not fit, or -1; the rows behind it are not computed
   */
  public static int roundInteger(
      int width, long values, int digits, long result, int from, int to, long mask) {
    for (int row = from; row < to; row++) {
      if (IntegerArithmetic.isAsked(mask, row)) {
        long value = IntegerArithmetic.load(values, width, row);
        if (digits < -18) {
          if (digits == -19 && Math.abs(value / 2) >= 2_500_000_000_000_000_000L) {
            return row;
          }
          value = 0;
        } else {
          long unit = DecimalArithmetic.powerOfTen(-digits);
          long rest = value % unit;
          long down = value - rest;
          long away =
              2 * Math.abs(rest) >= unit && unit > 1 ? down + Long.signum(value) * unit : down;
          if (value < 0 != away < 0 && away != 0 || IntegerArithmetic.isOutside(away, width)) {
            return row;
          }
          value = away;
        }
        IntegerArithmetic.store(result, width, row, value);
      }
    }
    return -1;
  }

  /**
   * Rounds, in rows of the mask (0: all), to a number of digits behind the point, and writes it
   * with the result type's scale.
   *
   * @return the first row whose result does not fit, or -1; the rows behind it are not computed
   */
  public static int decimal(
      RoundingMode mode,
      long values,
      DataType.Decimal type,
      int digits,
      long result,
      DataType.Decimal resultType,
      int from,
      int to,
      long mask) {
    for (int row = from; row < to; row++) {
      if (IntegerArithmetic.isAsked(mask, row)) {
        BigDecimal value = Cell.getDecimal(values + 16L * row, type.scale());
        BigDecimal rounded = digits < type.scale() ? value.setScale(digits, mode) : value;
        if (!DecimalArithmetic.store(rounded, resultType, result + 16L * row)) {
          return row;
        }
      }
    }
    return -1;
  }

  /** The greatest integer not above each number, as BIGINT; what does not fit becomes the limit. */
  public static void floor(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putLong(result + 8L * row, (long) Math.floor(Memory.getDouble(values + 8L * row)));
    }
  }

  /** The least integer not below each number, as BIGINT; what does not fit becomes the limit. */
  public static void ceil(long values, long result, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putLong(result + 8L * row, (long) Math.ceil(Memory.getDouble(values + 8L * row)));
    }
  }
}
