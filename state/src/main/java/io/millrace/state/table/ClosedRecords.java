package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Records whose time is over: the chains of {@link ClosingIndex}, by time, each in the order of the
 * records' first rows. That they are over is not written into them: most are looked at once, to be
 * given out, and forgotten with their page.
 */
final class ClosedRecords extends OrderedRecords {
  private long[] chains = new long[16];
  private int chainCount;
  private int count;
  private long lastTime;
  private int nextChain;
  private long next;

  ClosedRecords(Key time) {
    super(time, GroupRecord::firstRow);
  }

  /**
   * Takes a chain.
   *
   * @param time after those of all chains before
   * @param length how many records are linked behind the first one, with it
   */
  void add(long time, long firstRecord, int length) {
    if (chainCount == chains.length) {
      chains = Arrays.copyOf(chains, 2 * chainCount);
    }
    chains[chainCount++] = firstRecord;
    count += length;
    lastTime = time;
  }

  @Override
  public int size() {
    return count;
  }

  /** The time of the last of them; only if there are any. */
  long lastTime() {
    return lastTime;
  }

  @Override
  long next() {
    if (next == 0) {
      if (nextChain == chainCount) {
        return 0;
      }
      next = chains[nextChain++];
    }
    long record = next;
    next = GroupRecord.next(record);
    return record;
  }

  /** Visits all, which may end a record's life. */
  void forEach(LongConsumer visitor) {
    for (int i = 0; i < chainCount; i++) {
      long after;
      for (long record = chains[i]; record != 0; record = after) {
        after = GroupRecord.next(record);
        visitor.accept(record);
      }
    }
  }

  void clear() {
    chainCount = 0;
    count = 0;
    nextChain = 0;
    next = 0;
  }
}
