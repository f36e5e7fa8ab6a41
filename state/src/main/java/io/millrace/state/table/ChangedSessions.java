package io.millrace.state.table;

import org.apache.arrow.memory.BufferAllocator;

/** The sessions that changed, each once; a session knows its place, so that it can be taken out. */
final class ChangedSessions implements AutoCloseable {
  private final SessionRecord session;
  private final RecordList list;

  ChangedSessions(BufferAllocator allocator, SessionRecord session) {
    this.session = session;
    this.list = new RecordList(allocator);
  }

  void add(long record) {
    if (session.changedPlace(record) < 0) {
      session.changedPlace(record, list.size());
      list.add(record);
    }
  }

  /** Takes a session out, if it is there; the last one gets its place. */
  void remove(long record) {
    int place = session.changedPlace(record);
    if (place >= 0) {
      session.changedPlace(record, -1);
      long last = list.get(list.size() - 1);
      list.cut(list.size() - 1);
      if (last != record) {
        list.set(place, last);
        session.changedPlace(last, place);
      }
    }
  }

  /** All of them. */
  RecordList list() {
    return list;
  }

  void clear() {
    for (int i = 0; i < list.size(); i++) {
      session.changedPlace(list.get(i), -1);
    }
    list.clear();
  }

  long memoryBytes() {
    return list.memoryBytes();
  }

  @Override
  public void close() {
    list.close();
  }
}
