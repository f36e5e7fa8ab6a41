package io.millrace.vector.text;

import io.millrace.vector.column.Memory;

/**
 * Numbers as ASCII text in off-heap memory. Every method returns the number of bytes written; the
 * caller provides {@link #MAX_BYTES}, all of which may be scribbled on.
 */
public final class NumberFormatter {
  /** Room that every number fits into. */
  public static final int MAX_BYTES = 48;

  private static final long TEN_POW_18 = 1_000_000_000_000_000_000L;

  private NumberFormatter() {}

  /** Writes the text of {@link Long#toString(long)}. */
  public static int formatLong(long value, long address) {
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        return formatDecimal(value, -1, 0, address);
      }
      Memory.putByte(address, (byte) '-');
      return 1 + formatLong(-value, address + 1);
    }
    int count = Digits.count(value);
    Digits.write(value, count, address);
    return count;
  }

  /** Writes the text of {@link Double#toString(double)}. */
  public static int formatDouble(double value, long address) {
    long bits = Double.doubleToRawLongBits(value);
    int sign = sign(bits, address);
    double magnitude = Math.abs(value);
    if (magnitude == 0 || !(magnitude < Double.POSITIVE_INFINITY)) {
      return special(magnitude, sign, address);
    }
    return sign + BinaryToDecimal.writeDouble(bits & Long.MAX_VALUE, address + sign);
  }

  /** Writes the text of {@link Float#toString(float)}. */
  public static int formatFloat(float value, long address) {
    int bits = Float.floatToRawIntBits(value);
    int sign = sign(bits, address);
    float magnitude = Math.abs(value);
    if (magnitude == 0 || !(magnitude < Float.POSITIVE_INFINITY)) {
      return special(magnitude, sign, address);
    }
    return sign + BinaryToDecimal.writeFloat(bits & Integer.MAX_VALUE, address + sign);
  }

  /**
   * Writes a 128-bit two's complement number with {@code scale} digits behind the point, never in
   * scientific form; the text of {@code BigDecimal.toPlainString()}.
   *
   * @param scale 0 to 38
   */
  public static int formatDecimal(long low, long high, int scale, long address) {
    int sign = sign(high, address);
    long start = address + sign;
    long magnitudeLow = sign == 0 ? low : -low;
    long magnitudeHigh = sign == 0 ? high : ~high + (low == 0 ? 1 : 0);
    int count = writeUnsigned(magnitudeLow, magnitudeHigh, scale + 1, start);
    if (scale == 0) {
      return sign + count;
    }
    for (long at = start + count; at > start + count - scale; at--) {
      Memory.putByte(at, Memory.getByte(at - 1));
    }
    Memory.putByte(start + count - scale, (byte) '.');
    return sign + count + 1;
  }

  /** Writes at least that many digits, zeros in front; returns how many. */
  private static int writeUnsigned(long low, long high, int atLeast, long address) {
    if (high == 0 && low >= 0) {
      int count = Math.max(atLeast, Digits.count(low));
      Digits.write(low, count, address);
      return count;
    }
    // Base 10^18: three digits of it hold 128 bits.
    long quotientHigh = Long.divideUnsigned(high, TEN_POW_18);
    long rest = Long.remainderUnsigned(high, TEN_POW_18);
    long quotientLow = 0;
    for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
      rest = rest << 1 | low >>> bit & 1;
      quotientLow <<= 1;
      if (rest >= TEN_POW_18) {
        rest -= TEN_POW_18;
        quotientLow |= 1;
      }
    }
    int count = writeUnsigned(quotientLow, quotientHigh, Math.max(1, atLeast - 18), address);
    Digits.write(rest, 18, address + count);
    return count + 18;
  }

  private static int sign(long bits, long address) {
    Memory.putByte(address, (byte) '-');
    return bits < 0 ? 1 : 0;
  }

  private static int special(double magnitude, int sign, long address) {
    if (magnitude == 0) {
      return sign + ascii("0.0", address + sign);
    } else if (magnitude != magnitude) {
      return ascii("NaN", address);
    }
    return sign + ascii("Infinity", address + sign);
  }

  private static int ascii(String text, long address) {
    for (int i = 0; i < text.length(); i++) {
      Memory.putByte(address + i, (byte) text.charAt(i));
    }
    return text.length();
  }
}
