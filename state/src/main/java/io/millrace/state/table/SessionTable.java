package io.millrace.state.table;

import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.hash.KeyHash;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Sessions' records and those of their keys. Many sessions of one key may live at once, so a table
 * by key holds the keys, with the chain of their sessions and how many there are, and the sessions
 * stand in a table of their own. That one has no keys: its hashes are numbers, by which a record is
 * found again when it goes.
 */
final class SessionTable implements AutoCloseable {
  private static final int KEY_BYTES = 16;
  private static final ColumnVector[] NO_COLUMNS = {};

  private final OpenedParts parts = new OpenedParts();
  private final GroupTable keys;
  private final GroupTable sessions;
  private final int keyCount;
  private final int countOffset;
  private final SessionRecord session;
  private final ByteBlock keyRecords;
  private final int rowCapacity;
  private final SessionChain chain;
  private long number;

  /**
   * @param stateBytes per session for the owner, at {@link #stateOffset}
   * @param rowCapacity at most so many sessions are asked for their keys at a time
   */
  SessionTable(
      BufferAllocator allocator,
      List<DataType> keyTypes,
      SessionRecord session,
      int stateBytes,
      int rowCapacity) {
    this.session = session;
    this.rowCapacity = rowCapacity;
    this.keyCount = keyTypes.size();
    int keyOffset = GroupTable.stateOffset(keyTypes);
    this.countOffset = keyOffset + 8;
    this.chain = new SessionChain(session, keyOffset);
    try {
      keys = parts.own(new GroupTable(allocator, keyTypes, KEY_BYTES));
      sessions = parts.own(new GroupTable(allocator, List.of(), SessionRecord.BYTES + stateBytes));
      keyRecords = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /** Walks along the sessions of one key. */
  SessionChain chain() {
    return chain;
  }

  /** Where {@link SessionRecord} begins. */
  static int recordOffset() {
    return GroupTable.stateOffset(List.of());
  }

  /** Where the owner's bytes begin. */
  static int stateOffset() {
    return recordOffset() + SessionRecord.BYTES;
  }

  /** Finds or adds the records of the selected rows' keys; see {@link GroupTable#find}. */
  void findKeys(ColumnVector[] columns, RowSelection rows, long hashes, long records) {
    keys.find(columns, rows, hashes, records);
  }

  /** The record of a row's keys, or 0 if they have no session. */
  long key(ColumnVector[] columns, int row, long hash) {
    return keys.lookup(columns, row, hash);
  }

  /** Adds a session of a key; it is in no chain yet. */
  long add(long key, long startUs, long endUs) {
    long record = sessions.addOne(NO_COLUMNS, 0, KeyHash.mix(number++));
    session.key(record, key);
    session.start(record, startUs);
    session.end(record, endUs);
    Memory.putLong(key + countOffset, Memory.getLong(key + countOffset) + 1);
    return record;
  }

  /** Forgets a session, and with the last one of a key the key. */
  void remove(long record) {
    chain.unlink(record);
    long key = session.key(record);
    sessions.remove(record);
    long left = Memory.getLong(key + countOffset) - 1;
    Memory.putLong(key + countOffset, left);
    if (left == 0) {
      keys.remove(key);
    }
  }

  void list(RecordList into) {
    into.clear();
    sessions.forEach(into::add);
  }

  int size() {
    return sessions.size();
  }

  /** Gathers the keys of sessions into the first columns of a block, dense from a row on. */
  void keys(long records, int count, Block into, int at) {
    assert count <= rowCapacity : count + " sessions at a time";
    for (int i = 0; i < count; i++) {
      long record = Memory.getLong(records + 8L * i);
      Memory.putLong(keyRecords.address() + 8L * i, session.key(record));
    }
    for (int i = 0; i < keyCount; i++) {
      keys.keys(keyRecords.address(), count, i, into.column(i), at);
    }
  }

  long memoryBytes() {
    return keys.memoryBytes() + sessions.memoryBytes() + keyRecords.capacity();
  }

  @Override
  public void close() {
    parts.close();
  }
}
