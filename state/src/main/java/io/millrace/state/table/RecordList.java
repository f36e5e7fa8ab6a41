package io.millrace.state.table;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;

/** A growing list of record addresses off-heap; memory is kept when it is cleared. */
final class RecordList implements AutoCloseable {
  private static final int INITIAL_BYTES = 1 << 12;

  private final ByteBlock cells;

  RecordList(BufferAllocator allocator) {
    cells = new ByteBlock(allocator, INITIAL_BYTES);
  }

  void add(long record) {
    int end = cells.length();
    cells.reserve(end + 8L);
    Memory.putLong(cells.address() + end, record);
    cells.length(end + 8);
  }

  /** Adds the records whose addresses stand one after the other. */
  void addAll(long records, int count) {
    int end = cells.length();
    cells.reserve(end + 8L * count);
    Memory.copy(records, cells.address() + end, 8L * count);
    cells.length(end + 8 * count);
  }

  int size() {
    return cells.length() >> 3;
  }

  long get(int index) {
    return Memory.getLong(cells.address() + 8L * index);
  }

  void set(int index, long record) {
    Memory.putLong(cells.address() + 8L * index, record);
  }

  /** Address of the cell at an index; good until the next {@link #add}. */
  long address(int index) {
    return cells.address() + 8L * index;
  }

  /** Shows them from an index on, so many at a time. */
  void show(int first, int atATime, RecordVisitor visitor) {
    for (int from = first; from < size(); from += atATime) {
      visitor.records(address(from), Math.min(atATime, size() - from));
    }
  }

  void forEach(LongConsumer visitor) {
    for (int i = 0; i < size(); i++) {
      visitor.accept(get(i));
    }
  }

  /** Keeps the first ones. */
  void cut(int size) {
    cells.length(size << 3);
  }

  void clear() {
    cells.length(0);
  }

  long memoryBytes() {
    return cells.capacity();
  }

  @Override
  public void close() {
    cells.close();
  }
}
