package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the column of a field name, compared by its bytes, eight at a time. */
final class FieldTable {
  /** A name: its first and last eight bytes, which overlap if it is short, and all of them. */
  private record Entry(long first, long last, int length, byte[] name, JsonColumn column) {}

  private final Entry[] slots;
  private final int shift;

  FieldTable(List<JsonColumn> columns) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(4, 2 * columns.size()));
    slots = new Entry[1 << bits];
    shift = Integer.SIZE - bits;
    for (JsonColumn column : columns) {
      put(column);
    }
  }

  private void put(JsonColumn column) {
    byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
    long first = word(name, 0, Math.min(8, name.length));
    long last = name.length > 8 ? word(name, name.length - 8, 8) : first;
    int slot = slot(first, last, name.length);
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = new Entry(first, last, name.length, name, column);
  }

  private static long word(byte[] bytes, int offset, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[offset + i] & 0xFFL) << 8 * i;
    }
    return word;
  }

  private int slot(long first, long last, int length) {
    return (int) ((first ^ last >>> 5 ^ length) * 0x9E3779B97F4A7C15L >>> 32) >>> shift;
  }

  /** The column of that name, or null. Eight bytes behind the address must be readable. */
  JsonColumn find(long address, int length) {
    long first = Memory.getLong(address);
    long last;
    if (length >= 8) {
      last = Memory.getLong(address + length - 8);
    } else {
      first &= Words.lowBytes(length);
      last = first;
    }
    for (int slot = slot(first, last, length); ; slot = slot + 1 & slots.length - 1) {
      Entry entry = slots[slot];
      if (entry == null) {
        return null;
      }
      if (entry.first == first
          && entry.last == last
          && entry.length == length
          && (length <= 16 || isMiddle(entry.name, address))) {
        return entry.column;
      }
    }
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
