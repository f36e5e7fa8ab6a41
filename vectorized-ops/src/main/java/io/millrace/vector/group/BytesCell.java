package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.filter.BytesComparison;

/**
 * A STRING or BINARY in 16 bytes: the length, then up to 12 bytes, the rest 0; of longer values the
 * first 4 and the address of all of them in an arena.
 */
final class BytesCell extends RecordCell {
  private static final int INLINE_BYTES = 12;
  private static final int MAX_BYTES = 1 << 30;

  private final BytesArena arena;

  BytesCell(DataType type, int offset, int validBit, BytesArena arena) {
    super(type, offset, validBit);
    this.arena = arena;
  }

  private static long start(long cell, int length) {
    return length <= INLINE_BYTES ? cell + 4 : Memory.getLong(cell + 8);
  }

  @Override
  void putValue(ColumnVector from, int row, long record) {
    store(from.data() + from.offset(row), from.length(row), record);
  }

  @Override
  void copyValue(long from, long into) {
    long cell = from + offset();
    int length = Memory.getInt(cell);
    if (length > INLINE_BYTES) {
      store(start(cell, length), length, into);
      return;
    }
    release(into);
    Memory.putLong(into + offset(), Memory.getLong(cell));
    Memory.putLong(into + offset() + 8, Memory.getLong(cell + 8));
  }

  private void store(long bytes, int length, long record) {
    long cell = record + offset();
    if (length <= INLINE_BYTES) {
      release(record);
      Memory.putLong(cell, 0);
      Memory.putLong(cell + 8, 0);
      Memory.putInt(cell, length);
      Memory.copyShort(bytes, cell + 4, length);
      return;
    }
    long address = room(cell, length, record);
    Memory.copyShort(bytes, address, length);
    Memory.putInt(cell, length);
    Memory.putInt(cell + 4, Memory.getInt(bytes));
    Memory.putLong(cell + 8, address);
  }

  /** The memory that is there, if it has the right size, else other memory. */
  private long room(long cell, int length, long record) {
    int held = Memory.getInt(cell);
    if (held > INLINE_BYTES && BytesArena.capacity(held) == BytesArena.capacity(length)) {
      return Memory.getLong(cell + 8);
    }
    if (length > MAX_BYTES) {
      throw new MillraceException(
          ErrorCode.DATA, "a value of " + length + " bytes in a group; at most " + MAX_BYTES);
    }
    long address = arena.take(length);
    release(record);
    return address;
  }

  @Override
  public void release(long record) {
    long cell = record + offset();
    int length = Memory.getInt(cell);
    if (length > INLINE_BYTES) {
      arena.give(Memory.getLong(cell + 8), length);
      Memory.putInt(cell, 0);
    }
  }

  @Override
  public int compare(ColumnVector column, int row, long record) {
    long cell = record + offset();
    int length = Memory.getInt(cell);
    return BytesComparison.compare(
        column.data() + column.offset(row), column.length(row), start(cell, length), length);
  }

  @Override
  public int compare(long left, long right) {
    long leftCell = left + offset();
    long rightCell = right + offset();
    int leftLength = Memory.getInt(leftCell);
    int rightLength = Memory.getInt(rightCell);
    return BytesComparison.compare(
        start(leftCell, leftLength), leftLength, start(rightCell, rightLength), rightLength);
  }

  private static boolean isEqual(long bytes, int length, long cell) {
    return length == Memory.getInt(cell)
        && BytesComparison.equal(bytes, start(cell, length), length);
  }

  @Override
  boolean isSameValue(ColumnVector column, int row, long record) {
    return isEqual(column.data() + column.offset(row), column.length(row), record + offset());
  }

  @Override
  boolean isSameValue(long left, long right) {
    long cell = left + offset();
    long other = right + offset();
    if (Memory.getLong(cell) != Memory.getLong(other)) {
      return false; // lengths or first bytes
    }
    int length = Memory.getInt(cell);
    return length <= INLINE_BYTES
        ? Memory.getLong(cell + 8) == Memory.getLong(other + 8)
        : BytesComparison.equal(start(cell, length), start(other, length), length);
  }

  @Override
  int dropOthers(ColumnVector column, RowList rows, long scratch, long records) {
    if (column.mayHaveNulls()) {
      return super.dropOthers(column, rows, scratch, records);
    }
    long list = rows.address();
    int base = rows.base();
    int count = rows.count();
    long data = column.data();
    long offsets = column.offsets();
    int offset = offset();
    int validBit = validBit();
    int dropped = 0;
    for (int i = 0; i < count; i++) {
      int row = base + RowList.at(list, i);
      long record = Memory.getLong(records + 8L * row);
      if (record != 0) {
        int start = Memory.getInt(offsets + 4L * row);
        int length = Memory.getInt(offsets + 4L * row + 4) - start;
        if (!isEqual(data + start, length, record + offset) || !Bitmap.get(record, validBit)) {
          Memory.putLong(records + 8L * row, 0);
          dropped++;
        }
      }
    }
    return dropped;
  }

  @Override
  void gatherValues(long records, int count, ColumnVector into, int at) {
    if (at == 0) {
      into.offset(0, 0);
    }
    long end = into.offset(at);
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += Memory.getInt(Memory.getLong(records + 8L * i) + offset());
    }
    into.reserveData(end + size);
    for (int i = 0; i < count; i++) {
      long cell = Memory.getLong(records + 8L * i) + offset();
      int length = Memory.getInt(cell);
      Memory.copyShort(start(cell, length), into.data() + end, length);
      end += length;
      into.offset(at + i + 1, (int) end);
    }
  }
}
