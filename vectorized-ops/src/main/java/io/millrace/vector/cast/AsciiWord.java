package io.millrace.vector.cast;

import io.millrace.vector.column.Memory;
import java.util.Locale;

/** Short words as numbers, to compare without regard to case. */
final class AsciiWord {
  private AsciiWord() {}

  /** The word of 1 to 8 ASCII letters or digits; the same as {@link #read} gives for its bytes. */
  static long of(String word) {
    long packed = 0;
    for (char letter : word.toLowerCase(Locale.ROOT).toCharArray()) {
      packed = packed << 8 | letter;
    }
    return packed;
  }

  /** The bytes at an address in lower case; 0 if there are none or more than 8. */
  static long read(long address, int length) {
    if (length > 8) {
      return 0;
    }
    long packed = 0;
    for (int i = 0; i < length; i++) {
      int letter = Memory.getByte(address + i) & 0xFF;
      packed = packed << 8 | (letter >= 'A' && letter <= 'Z' ? letter + 0x20 : letter);
    }
    return packed;
  }
}
