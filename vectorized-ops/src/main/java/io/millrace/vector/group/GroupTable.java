package io.millrace.vector.group;

import io.millrace.types.DataType;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups by key: finds the record of each row's group and adds those that are missing. As keys, NaN
 * equals NaN, 0.0 equals -0.0 (which is stored), and null equals null. A record's address stays
 * until it is removed.
 *
 * <p>If memory runs out, what was asked for fails with code RESOURCES; the groups added before it
 * are whole, and the table can be used and closed.
 */
public final class GroupTable implements AutoCloseable {
  /** In the place of a key's index. */
  public static final int NO_KEY = -1;

  private final RecordCell[] keys;
  private final BytesArena arena;
  private final RecordPages pages;
  private final HashIndex index;
  private final RowList list;
  private final ByteBlock scratch;
  private final int timeKey;
  private long[] addedRecords = new long[64];
  private int[] addedRows = new int[64];
  private int added;

  /** A table whose groups go one by one. */
  public GroupTable(BufferAllocator allocator, List<DataType> keyTypes, int stateBytes) {
    this(allocator, keyTypes, stateBytes, NO_KEY);
  }

  /**
   * @param stateBytes per record for the owner, at {@link #stateOffset}
   * @param timeKey the TIMESTAMP key for {@link #removeUpTo}, or {@link #NO_KEY}
   */
  public GroupTable(
      BufferAllocator allocator, List<DataType> keyTypes, int stateBytes, int timeKey) {
    this.timeKey = timeKey;
    arena = new BytesArena(allocator);
    keys = new RecordCell[keyTypes.size()];
    int offset = GroupRecord.headerBytes(keys.length);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = RecordCell.of(keyTypes.get(i), offset, GroupRecord.KEY_BITS + i, arena);
      offset += RecordCell.bytes(keyTypes.get(i));
    }
    pages = new RecordPages(allocator, offset + stateBytes);
    index = new HashIndex(allocator);
    try {
      list = new RowList(allocator);
    } catch (RuntimeException | Error e) {
      index.close();
      throw e;
    }
    try {
      scratch = new ByteBlock(allocator, 8 * RowList.CAPACITY - ByteBlock.PADDING);
    } catch (RuntimeException | Error e) {
      list.close();
      index.close();
      throw e;
    }
  }

  /** Where the owner's bytes begin in the records of a table with such keys; a multiple of 8. */
  public static int stateOffset(List<DataType> keyTypes) {
    return GroupRecord.headerBytes(keyTypes.size())
        + keyTypes.stream().mapToInt(RecordCell::bytes).sum();
  }

  /**
   * Finds the groups of the selected rows and adds those that are missing, in the order of rows.
   *
   * @param columns the keys, by row
   * @param hashes address of a 64-bit hash per row, as {@link io.millrace.vector.hash.KeyHash}
   *     makes it of the keys
   * @param records address of a 64-bit cell per row; those of selected rows get the address of
   *     their group's record
   * @return how many groups were added; {@link #addedRecord} and {@link #addedRow} name them
   */
  public int find(ColumnVector[] columns, RowSelection rows, long hashes, long records) {
    added = 0;
    for (int from = rows.from(); from < rows.to(); ) {
      int to = RowList.end(from, rows.to());
      list.set(from, to, rows.mask());
      findListed(columns, hashes, records);
      from = to;
    }
    return added;
  }

  private void findListed(ColumnVector[] columns, long hashes, long records) {
    int missing = index.candidates(list, hashes, pages, records);
    for (int i = 0; i < keys.length; i++) {
      missing += keys[i].dropOthers(columns[i], list, scratch.address(), records);
    }
    int count = missing == 0 ? 0 : list.count();
    for (int i = 0; i < count; i++) {
      int row = list.row(i);
      if (Memory.getLong(records + 8L * row) == 0) {
        int hash = Memory.getInt(hashes + 8L * row);
        Memory.putLong(records + 8L * row, findOrAdd(columns, row, hash));
      }
    }
  }

  /** As {@link #find}, of one row; its group's record. */
  public long findOne(ColumnVector[] columns, int row, long hash) {
    added = 0;
    return findOrAdd(columns, row, (int) hash);
  }

  /** Adds a record for a row's key, also if there is one already. */
  public long addOne(ColumnVector[] columns, int row, long hash) {
    added = 0;
    return add(columns, row, (int) hash, index.empty((int) hash));
  }

  /**
   * Reads what {@link #findLike} will, so that the delays of the memory overlap, which they do not
   * where one record is found after the other.
   *
   * @param others address of the addresses of {@code count} records
   */
  public void expectLike(long others, int count, int hashShift) {
    for (int from = 0; from < count; from += RowList.CAPACITY) {
      int expected = Math.min(RowList.CAPACITY, count - from);
      index.expect(others + 8L * from, expected, hashShift, pages, scratch.address());
    }
  }

  /**
   * Finds the record that has the keys of another table's record, except for one that is not looked
   * at, and adds it if there is none. Both tables have the same types of keys.
   *
   * @param except which key, or {@link #NO_KEY}; null in a new record
   * @param hashShift by how much this table's hash of those keys is less than the other's of all
   * @return the record; {@link #added} says whether it is new
   */
  public long findLike(long other, int except, int hashShift) {
    added = 0;
    int hash = GroupRecord.hash(other) - hashShift;
    int place = index.start(hash);
    int id = index.id(place);
    while (id >= 0) {
      long record = pages.address(id);
      if (isLike(record, other, except)) {
        return record;
      }
      place = index.next(hash, place);
      id = index.id(place);
    }
    return addLike(other, except, hash, place);
  }

  private boolean isLike(long record, long other, int except) {
    for (int i = 0; i < keys.length; i++) {
      if (i != except && !keys[i].isSame(record, other)) {
        return false;
      }
    }
    return true;
  }

  private long addLike(long other, int except, int hash, int emptyPlace) {
    int place = index.reserve() ? emptyPlace : index.empty(hash);
    int id = pages.add();
    long record = pages.address(id);
    try {
      for (int i = 0; i < keys.length; i++) {
        if (i != except) {
          keys[i].copy(other, record);
        }
      }
    } catch (RuntimeException | Error e) {
      releaseKeys(record);
      pages.remove(id);
      throw e;
    }
    GroupRecord.begin(record, hash);
    index.add(place, hash, id);
    noteAdded(record, -1);
    return record;
  }

  /**
   * Finds none of its records any more, which stay where they are until {@link #removeAll}: the
   * next ones may have the same keys.
   */
  public void hideAll() {
    index.clear(index.size());
  }

  /** Forgets all records, those that are hidden too. */
  public void removeAll() {
    if (index.size() > 0) {
      hideAll();
    }
    if (holdsKeys()) {
      forEach(this::releaseKeys);
    }
    pages.clear();
  }

  /** The record of a row's group, or 0 if there is none. */
  public long lookup(ColumnVector[] columns, int row, long hash) {
    int id = index.id(place(columns, row, (int) hash));
    return id < 0 ? 0 : pages.address(id);
  }

  /** Where the index names the record of a row's group, or the empty place where it would. */
  private int place(ColumnVector[] columns, int row, int hash) {
    int place = index.start(hash);
    int id = index.id(place);
    while (id >= 0 && !isSame(columns, row, pages.address(id))) {
      place = index.next(hash, place);
      id = index.id(place);
    }
    return place;
  }

  private boolean isSame(ColumnVector[] columns, int row, long record) {
    for (int i = 0; i < keys.length; i++) {
      if (!keys[i].isSame(columns[i], row, record)) {
        return false;
      }
    }
    return true;
  }

  private long findOrAdd(ColumnVector[] columns, int row, int hash) {
    int place = place(columns, row, hash);
    int id = index.id(place);
    return id < 0 ? add(columns, row, hash, place) : pages.address(id);
  }

  /**
   * @param emptyPlace behind those of all records with that hash
   */
  private long add(ColumnVector[] columns, int row, int hash, int emptyPlace) {
    int place = index.reserve() ? emptyPlace : index.empty(hash);
    int id = pages.add();
    long record = pages.address(id);
    try {
      for (int i = 0; i < keys.length; i++) {
        keys[i].putKey(columns[i], row, record);
      }
    } catch (RuntimeException | Error e) {
      releaseKeys(record);
      pages.remove(id);
      throw e;
    }
    GroupRecord.begin(record, hash);
    index.add(place, hash, id);
    if (timeKey != NO_KEY) {
      pages.noteTime(id, time(record));
    }
    noteAdded(record, row);
    return record;
  }

  private void noteAdded(long record, int row) {
    if (added == addedRows.length) {
      addedRecords = Arrays.copyOf(addedRecords, 2 * added);
      addedRows = Arrays.copyOf(addedRows, 2 * added);
    }
    addedRecords[added] = record;
    addedRows[added++] = row;
  }

  /** How many groups the last find added, also if it failed. */
  public int added() {
    return added;
  }

  /** The record of the i-th group that the last find added. */
  public long addedRecord(int i) {
    return addedRecords[i];
  }

  /** The row that made the last find add its i-th group; they ascend. */
  public int addedRow(int i) {
    return addedRows[i];
  }

  /** Forgets a group; whoever keeps memory outside its record has given that back. */
  public void remove(long record) {
    int hash = GroupRecord.hash(record);
    int place = index.start(hash);
    while (pages.address(index.id(place)) != record) {
      place = index.next(hash, place);
    }
    int id = index.id(place);
    index.remove(place);
    releaseKeys(record);
    GroupRecord.end(record);
    pages.remove(id);
  }

  /** That of a group without a time comes after all others. */
  private long time(long record) {
    RecordCell key = keys[timeKey];
    return key.isValid(record) ? Memory.getLong(record + key.offset()) : Long.MAX_VALUE;
  }

  /**
   * Forgets all groups up to a time (inclusive), which is not {@link Long#MAX_VALUE}: quicker than
   * one by one where most go, since pages that only have such groups are not looked into.
   *
   * @param count how many there are
   */
  public void removeUpTo(long time, int count) {
    int before = index.size();
    index.clear(before);
    if (!holdsKeys()) {
      if (count == before) {
        pages.clear();
        return;
      }
      pages.removeUpTo(time);
    }
    for (int id = pages.next(0); id >= 0; id = pages.next(id + 1)) {
      long record = pages.address(id);
      if (time(record) <= time) {
        releaseKeys(record);
        GroupRecord.end(record);
        pages.remove(id);
      } else {
        int hash = GroupRecord.hash(record);
        index.add(index.empty(hash), hash, id);
      }
    }
  }

  /**
   * Ends a round of adding and removing groups: memory that a round needs is kept for the next one,
   * what was not needed since the last call goes back to the allocator.
   */
  public void endRound() {
    pages.endRound();
  }

  private boolean holdsKeys() {
    return arena.memoryBytes() > 0;
  }

  private void releaseKeys(long record) {
    for (RecordCell key : keys) {
      key.release(record);
    }
  }

  /** How many groups there are. */
  public int size() {
    return index.size();
  }

  /** Bytes held off-heap. */
  public long memoryBytes() {
    return index.memoryBytes()
        + pages.memoryBytes()
        + arena.memoryBytes()
        + 3L * scratch.capacity();
  }

  /**
   * Writes a key of {@code count} records, whose addresses stand at {@code records}, into rows of a
   * column, dense from {@code at} on; to row 0 it starts the column afresh.
   */
  public void keys(long records, int count, int key, ColumnVector into, int at) {
    keys[key].gather(records, count, into, at);
  }

  /** Where a key lies in the records. */
  public RecordCell key(int key) {
    return keys[key];
  }

  /** Visits all records in the order of their ids; the visited one may be removed. */
  public void forEach(LongConsumer visitor) {
    for (int id = pages.next(0); id >= 0; id = pages.next(id + 1)) {
      visitor.accept(pages.address(id));
    }
  }

  /** A walk over all records in the order of their ids, some at a time. */
  public Walk walk() {
    return new Walk();
  }

  /** Where a walk is; records that were visited may be removed meanwhile. */
  public final class Walk {
    private int id;

    private Walk() {}

    /** Begins again. */
    public void restart() {
      id = 0;
    }

    /**
     * Writes the addresses of the next records.
     *
     * @param count at most so many
     * @return how many; 0 at the end
     */
    public int next(long records, int count) {
      int found = 0;
      while (found < count && id >= 0 && (id = pages.next(id)) >= 0) {
        Memory.putLong(records + 8L * found++, pages.address(id++));
      }
      return found;
    }
  }

  @Override
  public void close() {
    scratch.close();
    list.close();
    index.close();
    pages.close();
    arena.close();
  }
}
