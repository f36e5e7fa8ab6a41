package io.millrace.state.table;

import io.millrace.vector.column.Memory;

/**
 * What a session's record holds before its accumulators, from an offset on:
 *
 * <pre>
 *  0  key        address of the record of its keys
 *  8  previous   the session before it in the chain of its keys, or 0; the one behind is linked by
 *                the record's header
 * 16  start      microseconds
 * 24  end        microseconds, exclusive
 * 32  heap       32-bit place in the heap of ends + 1, or 0
 * 36  changed    32-bit place among the changed ones, if a flag says that it is there
 * 40  touched    the last batch that brought rows
 * </pre>
 */
final class SessionRecord {
  static final int BYTES = 48;

  /** A flag: it stands in the chain of its keys. */
  static final int LINKED = 1;

  /** A flag: it was written down under its keys and its start. */
  static final int SAVED = 2;

  private final int offset;

  SessionRecord(int offset) {
    this.offset = offset;
  }

  long key(long record) {
    return Memory.getLong(record + offset);
  }

  void key(long record, long keyRecord) {
    Memory.putLong(record + offset, keyRecord);
  }

  long previous(long record) {
    return Memory.getLong(record + offset + 8);
  }

  void previous(long record, long other) {
    Memory.putLong(record + offset + 8, other);
  }

  long start(long record) {
    return Memory.getLong(record + offset + 16);
  }

  void start(long record, long us) {
    Memory.putLong(record + offset + 16, us);
  }

  long end(long record) {
    return Memory.getLong(record + offset + 24);
  }

  void end(long record, long us) {
    Memory.putLong(record + offset + 24, us);
  }

  int heapPlace(long record) {
    return Memory.getInt(record + offset + 32) - 1;
  }

  /** -1 for none. */
  void heapPlace(long record, int place) {
    Memory.putInt(record + offset + 32, place + 1);
  }

  int changedPlace(long record) {
    return Memory.getInt(record + offset + 36);
  }

  void changedPlace(long record, int place) {
    Memory.putInt(record + offset + 36, place);
  }

  long touched(long record) {
    return Memory.getLong(record + offset + 40);
  }

  void touched(long record, long batch) {
    Memory.putLong(record + offset + 40, batch);
  }
}
