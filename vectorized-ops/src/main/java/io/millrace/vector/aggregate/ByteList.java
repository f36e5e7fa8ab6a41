package io.millrace.vector.aggregate;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.BytesArena;

/**
 * Bytes that grow at their end, one stretch per record: its address, its length and how many values
 * it holds, in 16 bytes of the record.
 */
record ByteList(int offset, BytesArena arena) {
  static final int CELL_BYTES = 16;

  private static final int MAX_BYTES = 1 << 30;

  long address(long record) {
    return Memory.getLong(record + offset);
  }

  int length(long record) {
    return Memory.getInt(record + offset + 8);
  }

  int count(long record) {
    return Memory.getInt(record + offset + 12);
  }

  /**
   * Adds bytes that hold so many values.
   *
   * @return where to write them
   * @throws MillraceException if there is not enough memory, or the list would pass a gigabyte; the
   *     list is as it was
   */
  long append(long record, int bytes, int values) {
    int length = length(record);
    long newLength = (long) length + bytes;
    if (newLength > MAX_BYTES) {
      throw new MillraceException(
          ErrorCode.DATA,
          "a list of " + newLength + " bytes in one group; at most " + MAX_BYTES + " fit");
    }
    long address = address(record);
    if (length == 0 || BytesArena.capacity(length) < newLength) {
      long larger = arena.take((int) newLength);
      if (length > 0) {
        Memory.copy(address, larger, length);
        arena.give(address, length);
      }
      address = larger;
      Memory.putLong(record + offset, larger);
    }
    Memory.putInt(record + offset + 8, (int) newLength);
    Memory.putInt(record + offset + 12, count(record) + values);
    return address + length;
  }

  void append(long record, ColumnVector column, int row) {
    int bytes = Encoding.size(column, row);
    Encoding.write(column, row, append(record, bytes, 1));
  }

  /** Empties the list and gives its memory back. */
  void clear(long record) {
    if (length(record) > 0) {
      arena.give(address(record), length(record));
    }
    Memory.putLong(record + offset, 0);
    Memory.putLong(record + offset + 8, 0);
  }
}
