package io.millrace.state.table;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
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
  /** Rows of one block, so that handing one over takes microseconds. */
  private static final int BLOCK_ROWS = 512;

  private final Saver saver;
  private final OpenedParts parts = new OpenedParts();
  private final RecordList chosen;
  private final Block rows;
  private RecordList waiting;
  private int gathered;
  private int flag;
  private BlockVisitor visitor;

  /** Copies records into a block's rows from {@code at} on. */
  interface Saver {
    void save(long records, int count, Block into, int at);
  }

  GroupsAside(BufferAllocator allocator, Schema schema, int rowCapacity, Saver saver) {
    this.saver = saver;
    try {
      chosen = parts.own(new RecordList(allocator));
      waiting = new RecordList(allocator);
      parts.own(() -> waiting.close());
      rows = parts.own(Block.allocate(allocator, schema, Math.min(BLOCK_ROWS, rowCapacity)));
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
    assert visitor == null : "one epoch's changes at a time";
    RecordList empty = waiting;
    waiting = changed;
    flag = waits;
    visitor = into;
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
    if (visitor != null) {
      show();
    }
    visitor = null;
    waiting.clear();
    gathered = 0;
    return true;
  }

  private void save() {
    for (int from = 0; from < chosen.size(); ) {
      int at = rows.rowCount();
      int count = Math.min(chosen.size() - from, rows.rowCapacity() - at);
      saver.save(chosen.address(from), count, rows, at);
      rows.rowCount(at + count);
      from += count;
      if (rows.rowCount() == rows.rowCapacity()) {
        show();
      }
    }
    chosen.clear();
  }

  private void show() {
    if (rows.rowCount() > 0) {
      visitor.block(rows);
      rows.clear();
    }
  }

  long memoryBytes() {
    return waiting.memoryBytes() + chosen.memoryBytes() + rows.memoryBytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
