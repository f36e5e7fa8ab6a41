package io.millrace.state.table;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;

/** Merges the records that several threads give out, each in order, into one order. */
public final class RecordMerge implements AutoCloseable {
  private final ByteBlock merged;
  private final int capacity;
  private final Head[] heads;

  /** Where a list is. Keys are read some records ahead, so that the memory's delays overlap. */
  private static final class Head {
    private static final int AHEAD = 256;

    private final long[] firsts = new long[AHEAD];
    private final long[] seconds = new long[AHEAD];
    private OrderedRecords records;
    private int from;
    private int count;
    private int at;

    void begin(OrderedRecords list) {
      records = list;
      from = 0;
      count = 0;
      at = 0;
      readAhead();
    }

    private void readAhead() {
      RecordList list = records.list;
      from += count;
      count = Math.min(AHEAD, list.size() - from);
      at = 0;
      for (int i = 0; i < count; i++) {
        long record = list.get(from + i);
        firsts[i] = records.first.of(record);
        seconds[i] = records.second.of(record);
      }
    }

    boolean isAtEnd() {
      return at == count;
    }

    boolean isBefore(Head other) {
      long own = firsts[at];
      long others = other.firsts[other.at];
      return own < others || own == others && seconds[at] < other.seconds[other.at];
    }

    long take() {
      long record = records.list.get(from + at++);
      if (at == count) {
        readAhead();
      }
      return record;
    }
  }

  /**
   * @param parts how many lists there are
   * @param atATime how many records are shown at a time
   */
  public RecordMerge(BufferAllocator allocator, int parts, int atATime) {
    merged = new ByteBlock(allocator, 8 * atATime);
    capacity = atATime;
    heads = new Head[parts];
    for (int i = 0; i < parts; i++) {
      heads[i] = new Head();
    }
  }

  /** Shows the records of all lists in the order of the keys, which no two of them share. */
  public void show(OrderedRecords[] parts, RecordVisitor visitor) {
    for (int i = 0; i < parts.length; i++) {
      heads[i].begin(parts[i]);
    }
    int count = 0;
    for (Head least = least(); least != null; least = least()) {
      Memory.putLong(merged.address() + 8L * count++, least.take());
      if (count == capacity) {
        visitor.records(merged.address(), count);
        count = 0;
      }
    }
    if (count > 0) {
      visitor.records(merged.address(), count);
    }
  }

  /** The list whose next record comes first; null if none has one. */
  private Head least() {
    Head least = null;
    for (Head head : heads) {
      if (!head.isAtEnd() && (least == null || head.isBefore(least))) {
        least = head;
      }
    }
    return least;
  }

  @Override
  public void close() {
    merged.close();
  }
}
