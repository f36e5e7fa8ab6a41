package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the column of a field name, compared by its bytes, eight at a time. */
final class FieldTable {
  private final JsonColumn[] slots;
  private final byte[][] names;
  private final long[] firsts;
  private final long[] lasts;
  private final int shift;

  FieldTable(List<JsonColumn> columns) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(4, 2 * columns.size()));
    slots = new JsonColumn[1 << bits];
    names = new byte[1 << bits][];
    firsts = new long[1 << bits];
    lasts = new long[1 << bits];
    shift = 64 - bits;
    for (JsonColumn column : columns) {
      put(column);
    }
  }

  private void put(JsonColumn column) {
    byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
    long first = word(name, 0, Math.min(8, name.length));
    long last = name.length > 8 ? word(name, name.length - 8, 8) : 0;
    int slot = slot(first, last, name.length);
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = column;
    names[slot] = name;
    firsts[slot] = first;
    lasts[slot] = last;
  }

  private static long word(byte[] bytes, int offset, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[offset + i] & 0xFFL) << 8 * i;
    }
    return word;
  }

  private int slot(long first, long last, int length) {
    return (int) ((first ^ last * 31 ^ (long) length << 56) * 0x9E3779B97F4A7C15L >>> shift);
  }

  /** The column of that name, or null. Eight bytes behind the address must be readable. */
  JsonColumn find(long address, int length) {
    long first = Memory.getLong(address) & Words.lowBytes(Math.min(8, length));
    long last = length > 8 ? Memory.getLong(address + length - 8) : 0;
    int slot = slot(first, last, length);
    while (slots[slot] != null) {
      if (firsts[slot] == first
          && lasts[slot] == last
          && names[slot].length == length
          && (length <= 16 || isMiddle(names[slot], address))) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    return null;
  }

  private static boolean isMiddle(byte[] name, long address) {
    for (int i = 8; i < name.length - 8; i++) {
      if (name[i] != Memory.getByte(address + i)) {
        return false;
      }
    }
    return true;
  }
}
