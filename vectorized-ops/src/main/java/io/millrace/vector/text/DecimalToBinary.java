package io.millrace.vector.text;

import java.math.BigInteger;

/**
 * The double nearest to {@code w * 10^q}, by the Eisel-Lemire method (Lemire, "Number Parsing at a
 * Gigabyte per Second", 2021): one or two 64-bit multiplications with a truncated power of five.
 */
final class DecimalToBinary {
  /** Any NaN, which no number text stands for: the method cannot tell. */
  static final long UNDECIDED = -1;

  private static final int MIN_POWER = -342;
  private static final int MAX_POWER = 308;
  private static final long INFINITY = 0x7FF0000000000000L;

  private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];
  private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

  static {
    BigInteger power = BigInteger.ONE;
    for (int q = 0; q <= MAX_POWER; q++) {
      put(q, power.shiftLeft(128).shiftRight(power.bitLength()));
      power = power.multiply(BigInteger.valueOf(5));
    }
    power = BigInteger.ONE;
    for (int q = -1; q >= MIN_POWER; q--) {
      power = power.multiply(BigInteger.valueOf(5));
      // Rounded up as long as the power itself fits a word, so that exact quotients show.
      BigInteger reciprocal = BigInteger.ONE.shiftLeft(power.bitLength() + 127).divide(power);
      put(q, q >= -27 ? reciprocal.add(BigInteger.ONE) : reciprocal);
    }
  }

  private DecimalToBinary() {}

  private static void put(int q, BigInteger bits128) {
    HIGH[q - MIN_POWER] = bits128.shiftRight(64).longValue();
    LOW[q - MIN_POWER] = bits128.longValue();
  }

  /** The bits of the nearest double, infinity included, or {@link #UNDECIDED}. */
  static long bits(long w, long q) {
    if (w == 0 || q < MIN_POWER) {
      return 0;
    }
    if (q > MAX_POWER) {
      return INFINITY;
    }
    return normal(w, (int) q);
  }

  private static long normal(long w, int q) {
    int leadingZeros = Long.numberOfLeadingZeros(w);
    long shifted = w << leadingZeros;
    long high = Math.unsignedMultiplyHigh(shifted, HIGH[q - MIN_POWER]);
    long low = shifted * HIGH[q - MIN_POWER];
    if ((high & 0x1FF) == 0x1FF) {
      long more = Math.unsignedMultiplyHigh(shifted, LOW[q - MIN_POWER]);
      low += more;
      if (Long.compareUnsigned(low, more) < 0) {
        high++;
      }
      if (low == -1 && (q < -27 || q > 55)) {
        return UNDECIDED;
      }
    }
    int upperBit = (int) (high >>> 63);
    int shift = upperBit + 9;
    long mantissa = high >>> shift;
    int exponent = (217706 * q >> 16) + 63 + upperBit - leadingZeros + 1023;
    if (exponent <= 0) {
      return subnormal(mantissa, exponent);
    }
    boolean tie = Long.compareUnsigned(low, 1) <= 0 && q >= -4 && q <= 23 && (mantissa & 3) == 1;
    if (tie && mantissa << shift == high) {
      mantissa &= ~1L;
    }
    mantissa = mantissa + (mantissa & 1) >>> 1;
    if (mantissa >= 1L << 53) {
      mantissa = 1L << 52;
      exponent++;
    }
    return exponent >= 0x7FF ? INFINITY : mantissa & ~(1L << 52) | (long) exponent << 52;
  }

  private static long subnormal(long mantissa, int exponent) {
    if (exponent <= -63) {
      return 0;
    }
    long shifted = mantissa >>> 1 - exponent;
    // Rounding may carry into bit 52, which is then exponent 1, as it should be.
    return shifted + (shifted & 1) >>> 1;
  }
}
