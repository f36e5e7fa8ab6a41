package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Brings decimals to another scale, rounding half up; without objects while 64 bits are enough. */
final class DecimalScaling {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private DecimalScaling() {}

  /** Stores {@code unscaled / 10^scale} as another decimal type; false if it does not fit. */
  static boolean write(long unscaled, int scale, DataType.Decimal type, long target) {
    int up = type.scale() - scale;
    if (up > 18 || up < -18) {
      return write(BigDecimal.valueOf(unscaled, scale), type, target);
    }
    long low = unscaled;
    if (up > 0) {
      low = unscaled * POWERS[up];
      if (Math.multiplyHigh(unscaled, POWERS[up]) != low >> 63) {
        return write(BigDecimal.valueOf(unscaled, scale), type, target);
      }
    } else if (up < 0) {
      low = divideHalfUp(unscaled, POWERS[-up]);
    }
    Memory.putLong(target, low);
    Memory.putLong(target + 8, low >> 63);
    return type.precision() > 18
        || low < POWERS[type.precision()] && low > -POWERS[type.precision()];
  }

  static boolean write(BigDecimal value, DataType.Decimal type, long target) {
    BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (rounded.precision() > type.precision()) {
      return false;
    }
    Cell.putDecimal(target, rounded, type.scale());
    return true;
  }

  /** Whether the number at an address is a long. */
  static boolean isLong(long address) {
    return Memory.getLong(address + 8) == Memory.getLong(address) >> 63;
  }

  static long power(int exponent) {
    return POWERS[exponent];
  }

  private static long divideHalfUp(long value, long divisor) {
    long quotient = value / divisor;
    long rest = Math.abs(value % divisor);
    return rest >= divisor - rest ? quotient + (value < 0 ? -1 : 1) : quotient;
  }
}
