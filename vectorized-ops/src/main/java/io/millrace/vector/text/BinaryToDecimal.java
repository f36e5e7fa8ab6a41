package io.millrace.vector.text;

import java.math.BigInteger;

/**
 * The shortest decimal that rounds to a double or float, by the Schubfach method (Giulietti, "The
 * Schubfach way to render doubles", 2020); among the shortest the closest, and never fewer than two
 * digits, which is what {@link Double#toString(double)} prints.
 */
final class BinaryToDecimal {
  private static final int MIN_K = -324;
  private static final int MAX_K = 292;

  /** Powers of ten, 10^-k, as 126 bits rounded up: the upper 63 bits and the lower 63. */
  private static final long[] UPPER = new long[MAX_K - MIN_K + 1];

  private static final long[] LOWER = new long[MAX_K - MIN_K + 1];
  private static final long LOWER_63 = Long.MAX_VALUE;

  static {
    for (int k = MIN_K; k <= MAX_K; k++) {
      int shift = floorLog2Pow10(-k) - 125;
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      BigInteger scaled =
          k > 0 ? BigInteger.ONE.shiftLeft(-shift).divide(power) : power.shiftRight(shift);
      scaled = scaled.add(BigInteger.ONE);
      UPPER[k - MIN_K] = scaled.shiftRight(63).longValueExact();
      LOWER[k - MIN_K] = scaled.longValue() & LOWER_63;
    }
  }

  private BinaryToDecimal() {}

  /** Writes a positive, finite double; returns the number of bytes. */
  static int writeDouble(long bits, long address) {
    int exponent = (int) (bits >>> 52);
    long fraction = bits & (1L << 52) - 1;
    if (exponent == 0) {
      return fraction < 3
          ? write(-1074, 10 * fraction, -1, false, address)
          : write(-1074, fraction, 0, false, address);
    }
    return write(exponent - 1075, fraction | 1L << 52, 0, fraction == 0 && exponent > 1, address);
  }

  /** Writes a positive, finite float; returns the number of bytes. */
  static int writeFloat(int bits, long address) {
    int exponent = bits >>> 23;
    int fraction = bits & (1 << 23) - 1;
    if (exponent == 0) {
      return fraction < 8
          ? write(-149, 10L * fraction, -1, false, address)
          : write(-149, fraction, 0, false, address);
    }
    return write(exponent - 150, fraction | 1 << 23, 0, fraction == 0 && exponent > 1, address);
  }

  /**
   * Writes {@code c * 2^q * 10^scale}.
   *
   * @param narrow whether the next smaller value is only half as far as the next larger one
   */
  private static int write(int q, long c, int scale, boolean narrow, long address) {
    long odd = c & 1;
    long middle = c << 2;
    int k = narrow ? floorLog10ThreeQuartersPow2(q) : floorLog10Pow2(q);
    int h = q + floorLog2Pow10(-k) + 2;
    long upper = UPPER[k - MIN_K];
    long lower = LOWER[k - MIN_K];
    long value = multiply(upper, lower, middle << h);
    long left = multiply(upper, lower, middle - (narrow ? 1 : 2) << h) + odd;
    long right = multiply(upper, lower, middle + 2 << h) - odd;
    long digits = value >> 2;
    if (digits >= 100) {
      long below = digits / 10 * 10;
      boolean belowFits = left <= below << 2;
      boolean aboveFits = below + 10 << 2 <= right;
      if (belowFits != aboveFits) {
        return DecimalText.write(belowFits ? below : below + 10, k + scale, address);
      }
    }
    boolean lowerFits = left <= digits << 2;
    boolean upperFits = digits + 1 << 2 <= right;
    if (lowerFits != upperFits) {
      return DecimalText.write(lowerFits ? digits : digits + 1, k + scale, address);
    }
    long half = value - (digits + digits + 1 << 1);
    boolean down = half < 0 || half == 0 && (digits & 1) == 0;
    return DecimalText.write(down ? digits : digits + 1, k + scale, address);
  }

  /** The product with a table entry, shifted to an integer and rounded to odd. */
  private static long multiply(long upper, long lower, long factor) {
    long carried = (upper * factor >>> 1) + Math.multiplyHigh(lower, factor);
    long whole = Math.multiplyHigh(upper, factor) + (carried >>> 63);
    return whole | (carried & LOWER_63) + LOWER_63 >>> 63;
  }

  // Fixed-point logarithms, exact far beyond the exponents of a double.

  private static int floorLog10Pow2(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  private static int floorLog10ThreeQuartersPow2(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2Pow10(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }
}
