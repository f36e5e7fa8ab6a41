package io.millrace.vector.text;

import java.math.BigInteger;

/** Powers of ten in the types that hold them exactly. */
final class PowersOfTen {
  static final long[] LONG = new long[19];

  static final double[] DOUBLE = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** 10^0 to 10^38 as 128 bits: the lower and the upper halves. */
  static final long[] LOW = new long[39];

  static final long[] HIGH = new long[39];

  static {
    BigInteger power = BigInteger.ONE;
    for (int i = 0; i < LOW.length; i++) {
      LOW[i] = power.longValue();
      HIGH[i] = power.shiftRight(64).longValue();
      if (i < LONG.length) {
        LONG[i] = power.longValueExact();
      }
      power = power.multiply(BigInteger.TEN);
    }
  }

  private PowersOfTen() {}
}
