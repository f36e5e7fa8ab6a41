package io.millrace.state.table;

import io.millrace.vector.column.Memory;
import io.millrace.vector.group.GroupRecord;

/**
 * The sessions of one key, linked in the order of their starts. The record of the key knows the one
 * that was looked for last, from where a search goes either way: rows that come nearly in order, in
 * whatever direction, find their place in a step or two, others walk.
 */
final class SessionChain {
  private final SessionRecord session;
  private final int recentOffset;
  private long before;
  private long behind;

  /**
   * @param recentOffset of 8 bytes in the keys' records
   */
  SessionChain(SessionRecord session, int recentOffset) {
    this.session = session;
    this.recentOffset = recentOffset;
  }

  /** Finds the last session of a key that begins at or before a time, and the one behind it. */
  void seek(long key, long timeUs) {
    before = Memory.getLong(key + recentOffset);
    behind = before == 0 ? 0 : GroupRecord.next(before);
    while (behind != 0 && session.start(behind) <= timeUs) {
      before = behind;
      behind = GroupRecord.next(behind);
    }
    while (before != 0 && session.start(before) > timeUs) {
      behind = before;
      before = session.previous(before);
    }
  }

  /** The session before the place that was found, or 0. */
  long before() {
    return before;
  }

  /** The place that was found moves before the session before it. */
  void stepBack() {
    behind = before;
    before = session.previous(before);
  }

  /** Takes the session before the place out of the chain. */
  void unlinkBefore() {
    long gone = before;
    before = session.previous(gone);
    unlink(gone);
  }

  /** Puts a session of that key at the place. */
  void link(long key, long record) {
    session.previous(record, before);
    GroupRecord.next(record, behind);
    if (before != 0) {
      GroupRecord.next(before, record);
    }
    if (behind != 0) {
      session.previous(behind, record);
    }
    GroupRecord.flags(record, GroupRecord.flags(record) | SessionRecord.LINKED);
    recent(key, record);
  }

  /** The next search begins at that session. */
  void recent(long key, long record) {
    Memory.putLong(key + recentOffset, record);
  }

  /** Takes a session out, if it is there. */
  void unlink(long record) {
    int flags = GroupRecord.flags(record);
    if ((flags & SessionRecord.LINKED) == 0) {
      return;
    }
    GroupRecord.flags(record, flags & ~SessionRecord.LINKED);
    long previous = session.previous(record);
    long next = GroupRecord.next(record);
    if (previous != 0) {
      GroupRecord.next(previous, next);
    }
    if (next != 0) {
      session.previous(next, previous);
    }
    long key = session.key(record);
    if (Memory.getLong(key + recentOffset) == record) {
      recent(key, previous == 0 ? next : previous);
    }
  }
}
