package io.millrace.state.table;

import io.millrace.types.Schema;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupRecord;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The groups that had changed up to some point, as they were there: their rows are gathered some at
 * a time, and those of a group before it changes or goes. A flag in its record says that a group
 * still waits; its owner tells before anything happens to it.
 */
final class GroupsAside implements AutoCloseable {
  private final OpenedParts parts = new OpenedParts();
  private final RecordList chosen;
  private final SavedRows rows;
  private RecordList waiting;
  private int gathered;
  private int flag;

  GroupsAside(BufferAllocator allocator, Schema schema, int rowCapacity, SavedRows.Saver saver) {
    try {
      chosen = parts.own(new RecordList(allocator));
      waiting = new RecordList(allocator);
      parts.own(() -> waiting.close());
      rows = parts.own(new SavedRows(allocator, schema, rowCapacity, saver));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /**
   * Sets groups aside; all earlier ones are gathered.
   *
   * @param changed kept from now on
   * @param waits the flag that all of them carry, and nobody else
   * @param into is shown the rows
   * @return an empty list in exchange
   */
  RecordList take(RecordList changed, int waits, BlockVisitor into) {
    RecordList empty = waiting;
    waiting = changed;
    flag = waits;
    rows.begin(into);
    return empty;
  }

  /** Whether no group may have to be gathered before it changes. */
  boolean isEmpty() {
    return gathered == waiting.size();
  }

  /** The groups of rows are about to change. */
  void beforeChange(RowSelection changing, long records) {
    for (int base = changing.from() & ~63; base < changing.to(); base += 64) {
      for (long word = changing.word(base); word != 0; word &= word - 1) {
        choose(Memory.getLong(records + 8L * (base + Long.numberOfTrailingZeros(word))));
      }
    }
    save();
  }

  /** A group is about to go; {@link #gone} comes before its memory does. */
  void choose(long record) {
    int flags = GroupRecord.flags(record);
    if ((flags & flag) != 0) {
      GroupRecord.flags(record, flags & ~flag);
      chosen.add(record);
    }
  }

  /** The groups that were chosen are over: none of them is named any more. */
  void gone() {
    save();
    int kept = 0;
    for (int i = gathered; i < waiting.size(); i++) {
      long record = waiting.get(i);
      if ((GroupRecord.flags(record) & flag) != 0) {
        waiting.set(kept++, record);
      }
    }
    waiting.cut(kept);
    gathered = 0;
  }

  /**
   * Gathers the next groups.
   *
   * @return whether these were the last
   */
  boolean gather(int maxRows) {
    int end = (int) Math.min(waiting.size(), gathered + (long) maxRows);
    while (gathered < end) {
      choose(waiting.get(gathered++));
    }
    save();
    if (!isEmpty()) {
      return false;
    }
    rows.end();
    waiting.clear();
    gathered = 0;
    return true;
  }

  private void save() {
    rows.add(chosen.address(0), chosen.size());
    chosen.clear();
  }

  long memoryBytes() {
    return waiting.memoryBytes() + chosen.memoryBytes() + rows.memoryBytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
