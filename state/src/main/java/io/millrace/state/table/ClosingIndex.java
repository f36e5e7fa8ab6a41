package io.millrace.state.table;

import io.millrace.vector.group.BytesArena;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.arrow.memory.BufferAllocator;

/**
 * When groups are over: for each event time its records, in the order in which they were added; the
 * times in a binary heap. Of each time it is known which records were not written down yet.
 */
final class ClosingIndex implements AutoCloseable {
  private final BytesArena arena;
  private final Long2ObjectHashMap<OfTime> ofTimes = new Long2ObjectHashMap<>();
  private long[] heap = new long[16];
  private int times;
  private OfTime[] spare = new OfTime[16];
  private int spares;
  private long lastTime;
  private OfTime last;

  /** The records of one time. */
  private static final class OfTime {
    private final RecordChain records;
    private int saved;

    OfTime(BytesArena arena) {
      records = new RecordChain(arena);
    }
  }

  ClosingIndex(BufferAllocator allocator) {
    arena = new BytesArena(allocator);
  }

  /**
   * Adds a record behind those of the same time.
   *
   * @throws io.millrace.types.MillraceException with code RESOURCES if there is not enough memory
   */
  void add(long time, long record) {
    if (last == null || time != lastTime) {
      last = ofTime(time);
      lastTime = time;
    }
    last.records.add(record);
  }

  private OfTime ofTime(long time) {
    OfTime known = ofTimes.get(time);
    if (known != null) {
      return known;
    }
    OfTime added = spares > 0 ? spare[--spares] : new OfTime(arena);
    ofTimes.put(time, added);
    push(time);
    return added;
  }

  boolean isEmpty() {
    return times == 0;
  }

  /** Of how many times there are records. */
  int times() {
    return times;
  }

  /**
   * Writes all times of which there are records, in order.
   *
   * @param into has room for them
   */
  void sortedTimes(long[] into) {
    System.arraycopy(heap, 0, into, 0, times);
    Arrays.sort(into, 0, times);
  }

  /** Shows the records of a time of which there are some. */
  void show(long time, RecordVisitor visitor) {
    ofTimes.get(time).records.show(0, visitor);
  }

  /** The earliest time of which there are records. */
  long earliest() {
    return heap[0];
  }

  /** Shows the records that were not written down yet. */
  void showUnsaved(RecordVisitor visitor) {
    for (int i = 0; i < times; i++) {
      OfTime known = ofTimes.get(heap[i]);
      if (known.saved < known.records.size()) {
        known.records.show(known.saved, visitor);
      }
    }
  }

  /** All records are written down, or nobody does that. */
  void allSaved() {
    for (int i = 0; i < times; i++) {
      OfTime known = ofTimes.get(heap[i]);
      known.saved = known.records.size();
    }
  }

  /** Shows the records of the earliest time and forgets them. */
  void closeEarliest(RecordVisitor visitor) {
    OfTime known = ofTimes.get(heap[0]);
    known.records.show(0, visitor);
    ofTimes.remove(heap[0]);
    pop();
    forget(known);
  }

  private void forget(OfTime known) {
    known.records.clear();
    known.saved = 0;
    if (spares == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spares);
    }
    spare[spares++] = known;
    last = null;
  }

  void clear() {
    while (times > 0) {
      forget(ofTimes.remove(heap[--times]));
    }
  }

  private void push(long time) {
    if (times == heap.length) {
      heap = Arrays.copyOf(heap, 2 * times);
    }
    int at = times++;
    while (at > 0 && heap[at - 1 >> 1] > time) {
      heap[at] = heap[at - 1 >> 1];
      at = at - 1 >> 1;
    }
    heap[at] = time;
  }

  private void pop() {
    long moved = heap[--times];
    int at = 0;
    int child = 1;
    while (child < times) {
      if (child + 1 < times && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= moved) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = moved;
  }

  long memoryBytes() {
    return arena.memoryBytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
