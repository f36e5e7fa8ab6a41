package io.millrace.state.table;

import io.millrace.vector.column.Memory;
import io.millrace.vector.group.BytesArena;

/**
 * A growing list of record addresses in blocks that do not move: the first one is small, for there
 * may be as many lists as records, and each has twice the bytes of the one before, up to a page of
 * memory. A block begins with the address of the next one.
 */
final class RecordChain {
  private static final int FIRST_BYTES = 32;
  private static final int MOST_BYTES = 4096;
  private static final int LINK_BYTES = 8;

  private final BytesArena arena;
  private long first;
  private long last;
  private int lastBytes;
  private long end;
  private long limit;
  private int size;

  /** An empty one, which holds no memory. */
  RecordChain(BytesArena arena) {
    this.arena = arena;
  }

  /**
   * Adds a record at the end.
   *
   * @throws io.millrace.types.MillraceException with code RESOURCES, nothing changed, if there is
   *     not enough memory
   */
  void add(long record) {
    if (end == limit) {
      grow();
    }
    Memory.putLong(end, record);
    end += 8;
    size++;
  }

  private void grow() {
    int bytes = first == 0 ? FIRST_BYTES : after(lastBytes);
    long block = arena.take(bytes);
    if (first == 0) {
      first = block;
    } else {
      Memory.putLong(last, block);
    }
    last = block;
    lastBytes = bytes;
    end = block + LINK_BYTES;
    limit = block + bytes;
  }

  private static int after(int bytes) {
    return Math.min(2 * bytes, MOST_BYTES);
  }

  int size() {
    return size;
  }

  /** Shows the records from an index on, as they lie together. */
  void show(int from, RecordVisitor visitor) {
    long block = first;
    int bytes = FIRST_BYTES;
    int before = 0;
    while (before < size) {
      int count = Math.min(size - before, (bytes - LINK_BYTES) / 8);
      int skipped = Math.max(0, from - before);
      if (skipped < count) {
        visitor.records(block + LINK_BYTES + 8L * skipped, count - skipped);
      }
      before += count;
      block = before < size ? Memory.getLong(block) : 0;
      bytes = after(bytes);
    }
  }

  /** Forgets the records and gives all memory back. */
  void clear() {
    long block = first;
    int bytes = FIRST_BYTES;
    while (block != 0) {
      long next = block == last ? 0 : Memory.getLong(block);
      arena.give(block, bytes);
      block = next;
      bytes = after(bytes);
    }
    first = 0;
    last = 0;
    end = 0;
    limit = 0;
    size = 0;
  }
}
