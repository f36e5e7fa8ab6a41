package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The sessions that changed, each once, and those that had changed up to some point and wait to be
 * gathered as they were there. A session is among one of them at most: it is gathered before it
 * changes again. A flag in its record says among which, and it knows its place there.
 */
final class ChangedSessions implements AutoCloseable {
  private static final int ONE = 4;
  private static final int OTHER = 8;

  private final SessionRecord session;
  private final OpenedParts parts = new OpenedParts();
  private RecordList changed;
  private RecordList aside;
  private int changedFlag = ONE;
  private int asideFlag = OTHER;

  ChangedSessions(BufferAllocator allocator, SessionRecord session) {
    this.session = session;
    try {
      this.changed = parts.own(new RecordList(allocator));
      this.aside = parts.own(new RecordList(allocator));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  void add(long record) {
    int flags = GroupRecord.flags(record);
    if ((flags & changedFlag) == 0) {
      GroupRecord.flags(record, flags | changedFlag);
      session.changedPlace(record, changed.size());
      changed.add(record);
    }
  }

  /** Takes a session out, if it is there. */
  void remove(long record) {
    assert !isAside(record) : "it is gathered first";
    if ((GroupRecord.flags(record) & changedFlag) != 0) {
      take(record, changed, changedFlag);
    }
  }

  /** The last one gets its place. */
  private void take(long record, RecordList list, int flag) {
    int place = session.changedPlace(record);
    GroupRecord.flags(record, GroupRecord.flags(record) & ~flag);
    long last = list.get(list.size() - 1);
    list.cut(list.size() - 1);
    if (last != record) {
      list.set(place, last);
      session.changedPlace(last, place);
    }
  }

  /** All that have changed. */
  RecordList list() {
    return changed;
  }

  void clear() {
    for (int i = 0; i < changed.size(); i++) {
      long record = changed.get(i);
      GroupRecord.flags(record, GroupRecord.flags(record) & ~changedFlag);
    }
    changed.clear();
  }

  /** All that have changed wait from now on; none that did before is left. */
  void setAside() {
    assert aside.size() == 0 : "one epoch's changes at a time";
    RecordList empty = aside;
    aside = changed;
    changed = empty;
    int flag = asideFlag;
    asideFlag = changedFlag;
    changedFlag = flag;
  }

  /** Those that wait. */
  RecordList aside() {
    return aside;
  }

  boolean isAside(long record) {
    return (GroupRecord.flags(record) & asideFlag) != 0;
  }

  /** One that waited does no longer. */
  void gathered(long record) {
    take(record, aside, asideFlag);
  }

  long memoryBytes() {
    return changed.memoryBytes() + aside.memoryBytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
