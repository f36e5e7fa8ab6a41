package io.millrace.state.table;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;

/** Merges the records that several threads give out, each in order, into one order. */
public final class RecordMerge implements AutoCloseable {
  private final ByteBlock merged;
  private final int capacity;
  private final long[] heads;
  private final long[] firsts;
  private final long[] seconds;

  /**
   * @param parts how many lists there are
   * @param atATime how many records are shown at a time
   */
  public RecordMerge(BufferAllocator allocator, int parts, int atATime) {
    merged = new ByteBlock(allocator, 8 * atATime);
    capacity = atATime;
    heads = new long[parts];
    firsts = new long[parts];
    seconds = new long[parts];
  }

  /** Shows the records of all lists in the order of the keys, which no two of them share. */
  public void show(OrderedRecords[] parts, RecordVisitor visitor) {
    for (int i = 0; i < parts.length; i++) {
      advance(parts[i], i);
    }
    int count = 0;
    for (int least = least(); least >= 0; least = least()) {
      Memory.putLong(merged.address() + 8L * count++, heads[least]);
      if (count == capacity) {
        visitor.records(merged.address(), count);
        count = 0;
      }
      advance(parts[least], least);
    }
    if (count > 0) {
      visitor.records(merged.address(), count);
    }
  }

  private void advance(OrderedRecords part, int i) {
    long record = part.next();
    heads[i] = record;
    if (record != 0) {
      firsts[i] = part.first.of(record);
      seconds[i] = part.second.of(record);
    }
  }

  /** The part whose next record comes first; -1 if none has one. */
  private int least() {
    int least = -1;
    for (int i = 0; i < heads.length; i++) {
      if (heads[i] != 0 && (least < 0 || isBefore(i, least))) {
        least = i;
      }
    }
    return least;
  }

  private boolean isBefore(int i, int other) {
    return firsts[i] < firsts[other] || firsts[i] == firsts[other] && seconds[i] < seconds[other];
  }

  @Override
  public void close() {
    merged.close();
  }
}
