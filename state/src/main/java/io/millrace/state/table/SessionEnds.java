package io.millrace.state.table;

import java.util.Arrays;

/**
 * Which session is over first: a binary heap of sessions by their ends. A session knows its place,
 * so that it can be taken out. Its end may grow meanwhile without a word: what the heap knows is
 * then too early, which shows when it comes to the top.
 */
final class SessionEnds {
  private final SessionRecord session;
  private long[] ends = new long[16];
  private long[] records = new long[16];
  private int size;

  SessionEnds(SessionRecord session) {
    this.session = session;
  }

  void add(long record) {
    if (size == records.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      records = Arrays.copyOf(records, 2 * size);
    }
    up(size++, record, session.end(record));
  }

  /** Takes a session out, if it is there. */
  void remove(long record) {
    int place = session.heapPlace(record);
    if (place < 0) {
      return;
    }
    session.heapPlace(record, -1);
    long moved = records[--size];
    long end = ends[size];
    if (moved == record) {
      return;
    } else if (place > 0 && ends[place - 1 >> 1] > end) {
      up(place, moved, end);
    } else {
      down(place, moved, end);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The session with the earliest end; there is one. */
  long first() {
    while (session.end(records[0]) > ends[0]) {
      down(0, records[0], session.end(records[0]));
    }
    return records[0];
  }

  /** Forgets all of them; they no longer know their places. */
  void clear() {
    for (int i = 0; i < size; i++) {
      session.heapPlace(records[i], -1);
    }
    size = 0;
  }

  private void up(int from, long record, long end) {
    int at = from;
    while (at > 0 && ends[at - 1 >> 1] > end) {
      put(at, records[at - 1 >> 1], ends[at - 1 >> 1]);
      at = at - 1 >> 1;
    }
    put(at, record, end);
  }

  private void down(int from, long record, long end) {
    int at = from;
    int child = 2 * at + 1;
    while (child < size) {
      if (child + 1 < size && ends[child + 1] < ends[child]) {
        child++;
      }
      if (ends[child] >= end) {
        break;
      }
      put(at, records[child], ends[child]);
      at = child;
      child = 2 * at + 1;
    }
    put(at, record, end);
  }

  private void put(int place, long record, long end) {
    ends[place] = end;
    records[place] = record;
    session.heapPlace(record, place);
  }

  long memoryBytes() {
    return 16L * records.length;
  }
}
