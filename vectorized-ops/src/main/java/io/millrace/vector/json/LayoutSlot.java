package io.millrace.vector.json;

import io.millrace.vector.column.Memory;

/**
 * One step of a {@link Layout}: a literal, the exact bytes that must come next, and what stands
 * behind it. The first 24 bytes are compared without a loop.
 */
final class LayoutSlot {
  // What stands behind the literal.

  /** Nothing: the next line begins. */
  static final int END = 0;

  /** Text that goes to a STRING column; its quotes belong to the literals. */
  static final int TEXT = 1;

  /** Text that goes to a TIMESTAMP column. */
  static final int TIMESTAMP = 2;

  /** A value without quotes that goes to a DOUBLE column. */
  static final int DOUBLE = 3;

  /** A value without quotes that goes to an integral column. */
  static final int INTEGER = 4;

  /** Text that is not needed. */
  static final int SKIPPED_TEXT = 5;

  /** A value without quotes that is not needed. */
  static final int SKIPPED_SCALAR = 6;

  /** Text that goes to a column of another type. */
  static final int OTHER_TEXT = 7;

  /** A value without quotes that goes to a column of another type. */
  static final int OTHER_SCALAR = 8;

  final int kind;
  final JsonColumn column;

  /** How long the last text of a TIMESTAMP was. */
  int textLength;

  /** The following step; set once. */
  LayoutSlot next;

  private final int length;
  private final long word0;
  private final long word1;
  private final long word2;
  private final long mask0;
  private final long mask1;
  private final long mask2;
  private final byte[] rest;

  /**
   * @param column null for a value that is not needed, and at the end
   */
  LayoutSlot(long from, long to, int kind, JsonColumn column, int textLength) {
    this.kind = kind;
    this.column = column;
    this.textLength = textLength;
    length = (int) (to - from);
    mask0 = Words.lowBytes(Math.clamp(length, 0, 8));
    mask1 = Words.lowBytes(Math.clamp(length - 8, 0, 8));
    mask2 = Words.lowBytes(Math.clamp(length - 16, 0, 8));
    word0 = Memory.getLong(from) & mask0;
    word1 = Memory.getLong(from + 8) & mask1;
    word2 = Memory.getLong(from + 16) & mask2;
    rest = new byte[Math.max(0, length - 24)];
    Memory.copy(from + 24, rest, 0, rest.length);
  }

  /** The address behind the literal; 0 if other bytes stand there. */
  long behindLiteral(long at, long to) {
    long after = at + length;
    long difference =
        (Memory.getLong(at) ^ word0) & mask0
            | (Memory.getLong(at + 8) ^ word1) & mask1
            | (Memory.getLong(at + 16) ^ word2) & mask2;
    return difference == 0 && after <= to && (length <= 24 || isRest(at + 24)) ? after : 0;
  }

  private boolean isRest(long at) {
    for (int i = 0; i < rest.length; i++) {
      if (Memory.getByte(at + i) != rest[i]) {
        return false;
      }
    }
    return true;
  }
}
