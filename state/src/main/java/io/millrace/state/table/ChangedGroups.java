package io.millrace.state.table;

import io.millrace.types.Schema;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupRecord;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The groups that changed since the state was written down last: those in a list, which a flag in
 * their records says, and those that began since and whose closing is known, of which the index of
 * closings knows which were not written down. Behind them wait those that were set aside.
 */
final class ChangedGroups implements AutoCloseable {
  private static final int ONE = 2;
  private static final int OTHER = 4;

  private final ClosingIndex closings;
  private final boolean knowsNew;
  private final RecordVisitor adder = this::add; // once, not once a batch
  private final OpenedParts parts = new OpenedParts();
  private final GroupsAside aside;
  private RecordList changed;

  /** One of two flags, so that the one of groups set aside is another. */
  private int flag = ONE;

  /** The number of the first row that came after the state was written down last. */
  private long firstUnsavedRow;

  /**
   * @param closings of the same groups
   * @param knowsNew whether they know new groups
   * @param saver makes a group's saved row
   */
  ChangedGroups(
      BufferAllocator allocator,
      ClosingIndex closings,
      boolean knowsNew,
      Schema stateSchema,
      int rowCapacity,
      SavedRows.Saver saver) {
    this.closings = closings;
    this.knowsNew = knowsNew;
    try {
      changed = new RecordList(allocator);
      parts.own(() -> changed.close());
      aside = parts.own(new GroupsAside(allocator, stateSchema, rowCapacity, saver));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /** Adds a group that is not among them. */
  void add(long record) {
    changed.add(record);
    GroupRecord.flags(record, GroupRecord.flags(record) | flag);
  }

  private void add(long records, int count) {
    for (int i = 0; i < count; i++) {
      add(Memory.getLong(records + 8L * i));
    }
  }

  /**
   * Adds a group unless it is among them.
   *
   * @return whether it was not
   */
  boolean addIfMissing(long record) {
    if ((GroupRecord.flags(record) & flag) != 0 || isNew(record)) {
      return false;
    }
    add(record);
    return true;
  }

  private boolean isNew(long record) {
    return knowsNew && GroupRecord.firstRow(record) >= firstUnsavedRow;
  }

  /** The groups of rows are about to change. */
  void beforeChange(RowSelection rows, long records) {
    if (!aside.isEmpty()) {
      aside.beforeChange(rows, records);
    }
  }

  /**
   * Forgets groups that are over.
   *
   * @param isClosed whether a group is one of them
   */
  void closed(RecordList closed, LongPredicate isClosed) {
    if (!aside.isEmpty()) {
      closed.forEach(aside::choose);
      aside.gone();
    }
    int kept = 0;
    for (int i = 0; i < changed.size(); i++) {
      long record = changed.get(i);
      if (!isClosed.test(record)) {
        changed.set(kept++, record);
      }
    }
    changed.cut(kept);
  }

  /** All of them; none is set aside. */
  RecordList list() {
    assert aside.isEmpty() : "what was set aside comes first";
    closings.showUnsaved(adder);
    return changed;
  }

  /**
   * Sets all aside.
   *
   * @param nextRow number of the next row
   */
  void setAside(BlockVisitor upserts, long nextRow) {
    closings.showUnsaved(adder);
    changed = aside.take(changed, flag, upserts);
    flag ^= ONE | OTHER;
    nothingIsNew(nextRow);
  }

  /** As {@link KeyedState#gather}. */
  boolean gather(int maxRows) {
    return aside.gather(maxRows);
  }

  /**
   * Forgets all of them, but not what is set aside.
   *
   * @param nextRow number of the next row
   */
  void clear(long nextRow) {
    for (int i = 0; i < changed.size(); i++) {
      long record = changed.get(i);
      GroupRecord.flags(record, GroupRecord.flags(record) & ~flag);
    }
    changed.clear();
    nothingIsNew(nextRow);
  }

  private void nothingIsNew(long nextRow) {
    closings.allSaved();
    firstUnsavedRow = nextRow;
  }

  long memoryBytes() {
    return changed.memoryBytes() + aside.memoryBytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
