package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.group.BytesArena;
import io.millrace.vector.group.FlagCell;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.group.RecordCell;

/**
 * Gives each aggregate its cells and bits in a record's state: bits from the record's header first,
 * then from words of their own.
 */
final class StateLayout {
  private final int start;
  private final BytesArena arena;
  private int end;
  private int nextBit = GroupRecord.STATE_BITS;
  private int endBit = GroupRecord.STATE_BITS + GroupRecord.STATE_BIT_COUNT;

  /**
   * @param start of the state in a record, a multiple of 8
   * @param arena for long values
   */
  StateLayout(int start, BytesArena arena) {
    this.start = start;
    this.arena = arena;
    this.end = start;
  }

  /** Where the state begins in a record. */
  int start() {
    return start;
  }

  /** Offset of so many bytes, a multiple of 8. */
  int take(int bytes) {
    int offset = end;
    end += bytes;
    return offset;
  }

  private int takeBit() {
    if (nextBit == endBit) {
      nextBit = 8 * take(8);
      endBit = nextBit + 64;
    }
    return nextBit++;
  }

  /** A value that is null to begin with. */
  RecordCell cell(DataType type) {
    return RecordCell.of(type, take(RecordCell.bytes(type)), takeBit(), arena);
  }

  /** A number that is never null and 0 to begin with. */
  RecordCell number(DataType type) {
    return RecordCell.of(type, take(RecordCell.bytes(type)), RecordCell.NEVER_NULL, arena);
  }

  /** A bit that is not set to begin with. */
  FlagCell flag() {
    return new FlagCell(takeBit());
  }

  BytesArena arena() {
    return arena;
  }

  /** Bytes of state so far, a multiple of 8. */
  int stateBytes() {
    return end - start;
  }
}
