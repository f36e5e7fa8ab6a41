package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.Memory;
import java.math.BigInteger;

/** The 128-bit numbers of DECIMAL columns, by address. */
final class Int128 {
  private Int128() {}

  /**
   * Adds the number at {@code value} to that at {@code sum}; false, the sum kept, if that wraps.
   */
  static boolean add(long sum, long value) {
    long high = Memory.getLong(sum + 8);
    long otherHigh = Memory.getLong(value + 8);
    long low = Memory.getLong(sum) + Memory.getLong(value);
    long carry = Long.compareUnsigned(low, Memory.getLong(value)) < 0 ? 1 : 0;
    long newHigh = high + otherHigh + carry;
    if (((high ^ newHigh) & (otherHigh ^ newHigh)) < 0) {
      return false;
    }
    Memory.putLong(sum, low);
    Memory.putLong(sum + 8, newHigh);
    return true;
  }

  static void copy(long from, long to) {
    Memory.putLong(to, Memory.getLong(from));
    Memory.putLong(to + 8, Memory.getLong(from + 8));
  }

  static boolean isLong(long address) {
    return Memory.getLong(address + 8) == Memory.getLong(address) >> 63;
  }

  /** The numbers with too many digits for a DECIMAL begin here, on either side of 0. */
  record Limit(long high, long low) {
    static Limit of(DataType.Decimal type) {
      BigInteger limit = BigInteger.TEN.pow(type.precision());
      return new Limit(limit.shiftRight(64).longValueExact(), limit.longValue());
    }

    /** Whether the number at an address has too many digits. */
    boolean isReached(long address) {
      long numberLow = Memory.getLong(address);
      long numberHigh = Memory.getLong(address + 8);
      if (numberHigh < 0) {
        numberHigh = ~numberHigh + (numberLow == 0 ? 1 : 0);
        numberLow = -numberLow;
      }
      return numberHigh > high
          || numberHigh < 0
          || (numberHigh == high && Long.compareUnsigned(numberLow, low) >= 0);
    }
  }
}
