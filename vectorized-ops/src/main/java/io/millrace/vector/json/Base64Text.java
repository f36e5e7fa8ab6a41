package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/** Base64 with the standard alphabet and padding, in off-heap memory. */
final class Base64Text {
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[256];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private Base64Text() {}

  /** Writes the bytes that the text stands for; their number, or -1 if the text is not Base64. */
  static int decode(long address, int length, long target) {
    if (length % 4 != 0) {
      return -1;
    }
    long end = address + length;
    long out = target;
    for (long at = address; at < end; at += 4) {
      int padding = at + 4 < end ? 0 : padding(at);
      int bits = 0;
      for (int i = 0; i < 4 - padding; i++) {
        int value = VALUES[Memory.getByte(at + i) & 0xFF];
        if (value < 0) {
          return -1;
        }
        bits |= value << 18 - 6 * i;
      }
      for (int i = 0; i < 3 - padding; i++) {
        Memory.putByte(out++, (byte) (bits >> 16 - 8 * i));
      }
    }
    return (int) (out - target);
  }

  private static int padding(long lastFour) {
    if (Memory.getByte(lastFour + 3) != '=') {
      return 0;
    }
    return Memory.getByte(lastFour + 2) == '=' ? 2 : 1;
  }

  /** Writes the text, {@code (length + 2) / 3 * 4} bytes; returns their number. */
  static int encode(long address, int length, long target) {
    long out = target;
    for (int i = 0; i < length; i += 3) {
      int left = Math.min(3, length - i);
      int bits = 0;
      for (int k = 0; k < left; k++) {
        bits |= (Memory.getByte(address + i + k) & 0xFF) << 16 - 8 * k;
      }
      for (int k = 0; k < 4; k++) {
        Memory.putByte(out++, k <= left ? DIGITS[bits >> 18 - 6 * k & 63] : (byte) '=');
      }
    }
    return (int) (out - target);
  }
}
