package io.millrace.vector.text;

import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;

/**
 * ASCII text of numbers to values: an optional sign, digits with an optional point, an optional
 * exponent; no white space, no NaN or Infinity. Each {@code parse} method says whether the text is
 * a number of its kind and in range; the value stays readable until the next call. One instance
 * serves one thread.
 */
public final class NumberParser {
  private static final int MAX_DIGITS_IN_LONG = 19;
  private static final int MAX_EXPONENT = 1_000_000_000;
  private static final long MAX_EXACT_DOUBLE = 1L << 53;
  private static final long FLOAT_REST_MASK = (1L << 29) - 1;
  private static final long FLOAT_MIDPOINT = 1L << 28;
  private static final long DOUBLE_INFINITY = 0x7FF0000000000000L;

  // What scan() found: the number is (all its significant digits as an integer) * 10^exponent.
  private boolean negative;
  private long firstDigit;
  private int digits;
  private long exponent;

  /** The first 19 of the significant digits, as an unsigned number. */
  private long significand;

  private long longValue;
  private double doubleValue;
  private float floatValue;
  private long decimalLow;
  private long decimalHigh;

  /** Parses an integer, without point or exponent, in the range of a long. */
  public boolean parseLong(long address, int length) {
    long end = address + length;
    long at = address;
    boolean minus = length > 0 && Memory.getByte(at) == '-';
    if (minus || length > 0 && Memory.getByte(at) == '+') {
      at++;
    }
    if (at == end) {
      return false;
    }
    // Negative throughout, because the range reaches one further there.
    long limit = minus ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long value = 0;
    for (; at < end; at++) {
      int digit = Memory.getByte(at) - '0';
      if (digit < 0 || digit > 9 || value < limit / 10 || value * 10 < limit + digit) {
        return false;
      }
      value = value * 10 - digit;
    }
    longValue = minus ? value : -value;
    return true;
  }

  public long longValue() {
    return longValue;
  }

  /**
   * Parses to the nearest double, as {@link Double#parseDouble} does: too large a number is an
   * infinity, too small a one zero. Allocates only in the rarest of cases (more than 19 digits near
   * the middle of two doubles).
   */
  public boolean parseDouble(long address, int length) {
    if (!scan(address, length)) {
      return false;
    }
    double magnitude = magnitude(address, length);
    doubleValue = negative ? -magnitude : magnitude;
    return true;
  }

  public double doubleValue() {
    return doubleValue;
  }

  /** Parses to the nearest float, as {@link Float#parseFloat} does; see {@link #parseDouble}. */
  public boolean parseFloat(long address, int length) {
    if (!parseDouble(address, length)) {
      return false;
    }
    floatValue = (float) doubleValue;
    // Rounding twice goes wrong only where the first rounding hit the middle of two floats.
    boolean middle = (Double.doubleToRawLongBits(doubleValue) & FLOAT_REST_MASK) == FLOAT_MIDPOINT;
    if (middle || Math.abs(doubleValue) < Float.MIN_NORMAL && digits > 0) {
      floatValue = Float.parseFloat(text(address, length));
    }
    return true;
  }

  public float floatValue() {
    return floatValue;
  }

  /**
   * Parses to a decimal of at most {@code precision} digits, {@code scale} of them behind the
   * point; further fraction digits are rounded half up. False when it does not fit.
   */
  public boolean parseDecimal(long address, int length, int precision, int scale) {
    if (!scan(address, length)) {
      return false;
    }
    decimalLow = 0;
    decimalHigh = 0;
    long kept = digits + exponent + scale;
    if (digits == 0 || kept < 0) {
      return true;
    }
    if (kept > precision) {
      return false;
    }
    accumulate((int) Math.min(kept, digits));
    if (kept > digits) {
      timesPowerOfTen((int) kept - digits);
    }
    if (negative) {
      decimalHigh = ~decimalHigh + (decimalLow == 0 ? 1 : 0);
      decimalLow = -decimalLow;
    }
    long limitLow = PowersOfTen.LOW[precision];
    long limitHigh = PowersOfTen.HIGH[precision];
    boolean overflow =
        negative
            ? decimalHigh == ~limitHigh + (limitLow == 0 ? 1 : 0) && decimalLow == -limitLow
            : decimalHigh == limitHigh && decimalLow == limitLow;
    return !overflow;
  }

  /** The lower 64 bits of the unscaled decimal. */
  public long decimalLow() {
    return decimalLow;
  }

  /** The upper 64 bits of the unscaled decimal, two's complement. */
  public long decimalHigh() {
    return decimalHigh;
  }

  private boolean scan(long address, int length) {
    long end = address + length;
    long at = address;
    negative = length > 0 && Memory.getByte(at) == '-';
    if (negative || length > 0 && Memory.getByte(at) == '+') {
      at++;
    }
    long afterSign = at;
    digits = 0;
    exponent = 0;
    significand = 0;
    boolean point = false;
    for (; at < end; at++) {
      int digit = Memory.getByte(at) - '0';
      if (digit >= 0 && digit <= 9) {
        if (point) {
          exponent--;
        }
        addDigit(digit, at);
      } else if (digit == '.' - '0' && !point) {
        point = true;
      } else {
        break;
      }
    }
    boolean anyDigit = at - afterSign > (point ? 1 : 0);
    return anyDigit && (at == end || scanExponent(at, end));
  }

  private void addDigit(int digit, long at) {
    if (digits < MAX_DIGITS_IN_LONG) {
      significand = significand * 10 + digit;
      if (significand == 0) {
        return;
      } else if (digits == 0) {
        firstDigit = at;
      }
    }
    digits++;
  }

  private boolean scanExponent(long address, long end) {
    long at = address;
    if ((Memory.getByte(at++) | 0x20) != 'e' || at == end) {
      return false;
    }
    int sign = Memory.getByte(at);
    if ((sign == '-' || sign == '+') && ++at == end) {
      return false;
    }
    long power = 0;
    for (; at < end; at++) {
      int digit = Memory.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      power = Math.min(MAX_EXPONENT, power * 10 + digit);
    }
    // A clamped exponent still outweighs any number of digits that fits a 2 GiB text.
    if (power == MAX_EXPONENT) {
      power *= MAX_EXPONENT;
    }
    exponent += sign == '-' ? -power : power;
    return true;
  }

  private double magnitude(long address, int length) {
    if (digits <= MAX_DIGITS_IN_LONG
        && exponent >= -22
        && exponent <= 22
        && Long.compareUnsigned(significand, MAX_EXACT_DOUBLE) <= 0) {
      return exponent < 0
          ? significand / PowersOfTen.DOUBLE[(int) -exponent]
          : significand * PowersOfTen.DOUBLE[(int) exponent];
    }
    int dropped = Math.max(0, digits - MAX_DIGITS_IN_LONG);
    long bits = DecimalToBinary.bits(significand, exponent + dropped);
    if (bits == DecimalToBinary.UNDECIDED
        || dropped > 0 && DecimalToBinary.bits(significand + 1, exponent + dropped) != bits) {
      return Math.abs(Double.parseDouble(text(address, length)));
    }
    assert bits <= DOUBLE_INFINITY : "NaN from a number";
    return Double.longBitsToDouble(bits);
  }

  /** Takes the first {@code count} significant digits, and rounds by the one behind them. */
  private void accumulate(int count) {
    long at = firstDigit;
    for (int taken = 0; taken < count; at++) {
      int digit = Memory.getByte(at) - '0';
      if (digit != '.' - '0') {
        multiplyAdd(10, digit);
        taken++;
      }
    }
    if (count < digits) {
      if (Memory.getByte(at) == '.') {
        at++;
      }
      multiplyAdd(1, Memory.getByte(at) >= '5' ? 1 : 0);
    }
  }

  private void timesPowerOfTen(int power) {
    int left = power;
    while (left > 0) {
      int step = Math.min(left, 18);
      multiplyAdd(PowersOfTen.LONG[step], 0);
      left -= step;
    }
  }

  private void multiplyAdd(long factor, long addend) {
    long low = decimalLow * factor;
    decimalHigh = decimalHigh * factor + Math.unsignedMultiplyHigh(decimalLow, factor);
    decimalLow = low + addend;
    if (Long.compareUnsigned(decimalLow, low) < 0) {
      decimalHigh++;
    }
  }

  private static String text(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copy(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
