package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2LongHashMap;

/**
 * When groups are over: for each event time the chain of its records, in the order in which they
 * were added, linked through the records themselves; the times in a binary heap. Of each chain it
 * is known where the records begin that were not written down yet.
 */
final class ClosingIndex {
  private static final long NO_CHAIN = -1;

  private final Long2LongHashMap chainOf = new Long2LongHashMap(NO_CHAIN);
  private long[] heap = new long[16];
  private int times;
  private long[] heads = new long[16];
  private long[] tails = new long[16];
  private long[] unsaved = new long[16];
  private int[] lengths = new int[16];
  private int[] freeChains = new int[16];
  private int free;
  private int used;
  private long lastTime;
  private int lastChain = -1;

  /** Adds a record behind those of the same time. */
  void add(long time, long record) {
    int chain = time == lastTime && lastChain >= 0 ? lastChain : chain(time);
    GroupRecord.next(record, 0);
    if (heads[chain] == 0) {
      heads[chain] = record;
    } else {
      GroupRecord.next(tails[chain], record);
    }
    tails[chain] = record;
    if (unsaved[chain] == 0) {
      unsaved[chain] = record;
    }
    lengths[chain]++;
    lastTime = time;
    lastChain = chain;
  }

  private int chain(long time) {
    long known = chainOf.get(time);
    if (known != NO_CHAIN) {
      return (int) known;
    }
    int chain = free > 0 ? freeChains[--free] : newChain();
    heads[chain] = 0;
    unsaved[chain] = 0;
    lengths[chain] = 0;
    chainOf.put(time, chain);
    push(time);
    return chain;
  }

  private int newChain() {
    if (used == heads.length) {
      heads = Arrays.copyOf(heads, 2 * used);
      tails = Arrays.copyOf(tails, 2 * used);
      unsaved = Arrays.copyOf(unsaved, 2 * used);
      lengths = Arrays.copyOf(lengths, 2 * used);
      freeChains = Arrays.copyOf(freeChains, 2 * used);
    }
    return used++;
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

  /** The first record of a time of which there are some; {@link GroupRecord#next} names others. */
  long first(long time) {
    return heads[(int) chainOf.get(time)];
  }

  /** The earliest time of which there are records. */
  long earliest() {
    return heap[0];
  }

  /** Visits the records that were added since the last call. */
  void takeUnsaved(LongConsumer visitor) {
    for (int i = 0; i < times; i++) {
      int chain = (int) chainOf.get(heap[i]);
      for (long record = unsaved[chain]; record != 0; record = GroupRecord.next(record)) {
        visitor.accept(record);
      }
      unsaved[chain] = 0;
    }
  }

  /** Moves the chain of the earliest time to those that are over. */
  void closeEarliest(ClosedRecords closed) {
    long time = heap[0];
    int chain = (int) chainOf.remove(time);
    freeChains[free++] = chain;
    lastChain = -1;
    pop();
    closed.add(time, heads[chain], lengths[chain]);
  }

  void clear() {
    chainOf.clear();
    times = 0;
    free = 0;
    used = 0;
    lastChain = -1;
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
}
