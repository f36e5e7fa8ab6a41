package io.millrace.vector.group;

import io.millrace.vector.column.Memory;

/**
 * The header of a record, by the record's address. 24 bytes with up to eight keys:
 *
 * <pre>
 *  0  first row   64-bit, the owner's
 *  8  next        address of another record or 0, the owner's
 * 16  hash        the low 32 bits of the key's hash
 * 20  state bits  16 bits, free for the owner's state
 * 22  flags       the owner's low 7; the highest says that the record lives
 * 23  key bits    a bit per key, set when it is not null
 * </pre>
 */
public final class GroupRecord {
  /** The first bit, counted from the record's address, that belongs to the owner's state. */
  public static final int STATE_BITS = 20 * 8;

  /** How many such bits there are; all are 0 in a new record. */
  public static final int STATE_BIT_COUNT = 16;

  static final int KEY_BITS = 23 * 8;

  private static final int FIRST_ROW = 0;
  private static final int NEXT = 8;
  private static final int HASH = 16;
  private static final int FLAGS = 22;
  private static final byte LIVE = (byte) 0x80;

  private GroupRecord() {}

  /** Bytes of the header of a record with that many keys, a multiple of 8. */
  static int headerBytes(int keyCount) {
    return (KEY_BITS + Math.max(1, keyCount) + 63) / 64 * 8;
  }

  /** The number of the group's first row, as its owner set it; 0 in a new record. */
  public static long firstRow(long record) {
    return Memory.getLong(record + FIRST_ROW);
  }

  public static void firstRow(long record, long rowNumber) {
    Memory.putLong(record + FIRST_ROW, rowNumber);
  }

  /** The record that the owner linked behind this one; 0 in a new record. */
  public static long next(long record) {
    return Memory.getLong(record + NEXT);
  }

  public static void next(long record, long other) {
    Memory.putLong(record + NEXT, other);
  }

  /** Seven bits for the owner; 0 in a new record. */
  public static int flags(long record) {
    return Memory.getByte(record + FLAGS) & 0x7F;
  }

  public static void flags(long record, int flags) {
    Memory.putByte(record + FLAGS, (byte) (flags & 0x7F | LIVE));
  }

  /** Gives a record the state bits of another. */
  public static void copyStateBits(long from, long into) {
    Memory.putShort(into + STATE_BITS / 8, Memory.getShort(from + STATE_BITS / 8));
  }

  static boolean isLive(long record) {
    return Memory.getByte(record + FLAGS) < 0;
  }

  /** The low 32 bits of the hash with which the group was found first. */
  static int hash(long record) {
    return Memory.getInt(record + HASH);
  }

  /** Makes zeroed memory a living record. */
  static void begin(long record, int hash) {
    Memory.putInt(record + HASH, hash);
    flags(record, 0);
  }

  static void end(long record) {
    Memory.putByte(record + FLAGS, (byte) 0);
  }
}
