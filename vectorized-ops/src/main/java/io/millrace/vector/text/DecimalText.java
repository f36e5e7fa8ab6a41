package io.millrace.vector.text;

import io.millrace.vector.column.Memory;

/** Lays out a decimal as Java prints floating-point numbers. */
final class DecimalText {
  private DecimalText() {}

  /**
   * Writes {@code digits * 10^exponent}: plainly from 0.001 to below ten million, else as {@code
   * d.ddEn}; always with a digit behind the point. Returns the number of bytes.
   *
   * @param digits positive
   */
  static int write(long digits, int exponent, long address) {
    long significant = digits;
    int power = exponent;
    while (significant % 10 == 0) {
      significant /= 10;
      power++;
    }
    int count = Digits.count(significant);
    int point = count + power;
    if (point > 7 || point <= -3) {
      return scientific(significant, count, point - 1, address);
    } else if (point <= 0) {
      return fraction(significant, count, -point, address);
    } else if (power >= 0) {
      return integer(significant, count, power, address);
    }
    long unit = PowersOfTen.LONG[-power];
    Digits.write(significant / unit, point, address);
    Memory.putByte(address + point, (byte) '.');
    Digits.write(significant % unit, -power, address + point + 1);
    return count + 1;
  }

  private static int integer(long digits, int count, int zeros, long address) {
    Digits.write(digits, count, address);
    Memory.fill(address + count, zeros, (byte) '0');
    Memory.putByte(address + count + zeros, (byte) '.');
    Memory.putByte(address + count + zeros + 1, (byte) '0');
    return count + zeros + 2;
  }

  private static int fraction(long digits, int count, int zeros, long address) {
    Memory.putByte(address, (byte) '0');
    Memory.putByte(address + 1, (byte) '.');
    Memory.fill(address + 2, zeros, (byte) '0');
    Digits.write(digits, count, address + 2 + zeros);
    return 2 + zeros + count;
  }

  private static int scientific(long digits, int count, int exponent, long address) {
    int fractionDigits = Math.max(1, count - 1);
    Digits.write(digits, count, address + 1);
    Memory.putByte(address, Memory.getByte(address + 1));
    Memory.putByte(address + 1, (byte) '.');
    if (count == 1) {
      Memory.putByte(address + 2, (byte) '0');
    }
    Memory.putByte(address + 2 + fractionDigits, (byte) 'E');
    int length = 3 + fractionDigits;
    return length + NumberFormatter.formatLong(exponent, address + length);
  }
}
