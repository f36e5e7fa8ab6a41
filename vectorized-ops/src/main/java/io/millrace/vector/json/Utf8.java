package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Checks that bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF; and mends
 * them.
 */
public final class Utf8 {
  private Utf8() {}

  public static boolean isValid(long from, long to) {
    long at = from;
    while (at < to) {
      if (at + 8 <= to && (Memory.getLong(at) & Words.TOP_BITS) == 0) {
        at += 8;
        continue;
      }
      int lead = Memory.getByte(at) & 0xFF;
      if (lead < 0x80) {
        at++;
        continue;
      }
      int length = sequenceLength(lead);
      if (length == 0 || at + length > to || !continues(at, lead, length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** A copy with U+FFFD in place of what is no UTF-8; allocates. */
  public static byte[] repaired(long address, int length) {
    byte[] raw = new byte[length];
    Memory.copy(address, raw, 0, length);
    return new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  private static int sequenceLength(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  }

  private static boolean continues(long at, int lead, int length) {
    int second = Memory.getByte(at + 1) & 0xFF;
    int lowest =
        switch (lead) {
          case 0xE0 -> 0xA0;
          case 0xF0 -> 0x90;
          default -> 0x80;
        };
    int highest =
        switch (lead) {
          case 0xED -> 0x9F;
          case 0xF4 -> 0x8F;
          default -> 0xBF;
        };
    return second >= lowest
        && second <= highest
        && (length < 3 || isContinuation(at + 2))
        && (length < 4 || isContinuation(at + 3));
  }

  private static boolean isContinuation(long at) {
    return (Memory.getByte(at) & 0xC0) == 0x80;
  }
}
