package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/** The quoted texts that stand for floating-point values that JSON has no numbers for. */
final class NonFinite {
  private NonFinite() {}

  /** NaN or an infinity, or 0 if the text is none of their names. */
  static double parse(long address, int length) {
    if (is("NaN", address, length)) {
      return Double.NaN;
    }
    boolean minus = length > 0 && Memory.getByte(address) == '-';
    int sign = minus || length > 0 && Memory.getByte(address) == '+' ? 1 : 0;
    if (is("Infinity", address + sign, length - sign) || is("INF", address + sign, length - sign)) {
      return minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return 0;
  }

  private static boolean is(String name, long address, int length) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (Memory.getByte(address + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
