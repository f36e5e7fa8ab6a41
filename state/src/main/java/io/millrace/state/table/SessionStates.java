package io.millrace.state.table;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.Accumulators;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.hash.KeyHash;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;

/** Sessions as saved rows, and back. */
final class SessionStates implements AutoCloseable {
  private final SessionTable table;
  private final SessionRecord session;
  private final Accumulators accumulators;
  private final int keyCount;
  private final Schema schema;
  private final OpenedParts parts = new OpenedParts();
  private final Block saved;
  private final ByteBlock cells;
  private final ByteBlock hashes;
  private final ColumnVector[] keys;
  private final RowSelection range = new RowSelection();

  SessionStates(
      BufferAllocator allocator,
      List<Field> keyFields,
      SessionTable table,
      SessionRecord session,
      Accumulators accumulators,
      int rowCapacity) {
    this.table = table;
    this.session = session;
    this.accumulators = accumulators;
    this.keyCount = keyFields.size();
    this.keys = new ColumnVector[keyCount];
    this.schema =
        StateColumns.of(
            keyFields,
            List.of(
                new Field("start", DataType.TIMESTAMP, false),
                new Field("end", DataType.TIMESTAMP, false),
                new Field("first_row", DataType.BIGINT, false)),
            accumulators.stateSchema().fields());
    try {
      saved = parts.own(Block.allocate(allocator, schema, rowCapacity));
      cells = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
      hashes = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  Schema schema() {
    return schema;
  }

  /** The columns by which a session is known: keys and start. */
  Schema identity() {
    return new Schema(schema.fields().subList(0, keyCount + 1));
  }

  /** At most so many sessions at a time. */
  int rowCapacity() {
    return saved.rowCapacity();
  }

  /** Gathers keys, starts and ends into the first columns, dense, from a row on. */
  void identities(long records, int count, Block into, int at) {
    table.keys(records, count, into, at);
    ColumnVector starts = into.column(keyCount);
    ColumnVector ends = into.column(keyCount + 1);
    starts.setAllValid(at + count);
    ends.setAllValid(at + count);
    for (int i = 0; i < count; i++) {
      long record = Memory.getLong(records + 8L * i);
      Memory.putLong(starts.data() + 8L * (at + i), session.start(record));
      Memory.putLong(ends.data() + 8L * (at + i), session.end(record));
    }
  }

  void save(long records, int count, BlockVisitor visitor) {
    saved.clear();
    save(records, count, saved, 0);
    saved.rowCount(count);
    visitor.block(saved);
  }

  /** Copies sessions into a block's rows from one on. */
  void save(long records, int count, Block into, int at) {
    identities(records, count, into, at);
    ColumnVector firstRows = into.column(keyCount + 2);
    firstRows.setAllValid(at + count);
    for (int i = 0; i < count; i++) {
      long record = Memory.getLong(records + 8L * i);
      Memory.putLong(firstRows.data() + 8L * (at + i), GroupRecord.firstRow(record));
    }
    accumulators.save(records, count, into, keyCount + 3, at);
  }

  /**
   * Takes saved rows of any number back, into the chains of their keys.
   *
   * @return a row number greater than all of theirs
   */
  long load(Block rows) {
    long nextRow = 0;
    for (int from = 0; from < rows.rowCount(); from += rowCapacity()) {
      int to = Math.min(rows.rowCount(), from + rowCapacity());
      // Cells and hashes are by row, so they are looked at as if they began before the block.
      long recordsByRow = cells.address() - 8L * from;
      hash(rows, from, to);
      range.set(from, to, RowSelection.ALL);
      table.findKeys(keys, range, hashes.address() - 8L * from, recordsByRow);
      for (int row = from; row < to; row++) {
        long cell = recordsByRow + 8L * row;
        long record = findOrAdd(Memory.getLong(cell), number(rows, keyCount, row));
        Memory.putLong(cell, record);
        session.end(record, number(rows, keyCount + 1, row));
        GroupRecord.firstRow(record, number(rows, keyCount + 2, row));
        GroupRecord.flags(record, GroupRecord.flags(record) | SessionRecord.SAVED);
        nextRow = Math.max(nextRow, GroupRecord.firstRow(record) + 1);
      }
      accumulators.load(rows, keyCount + 3, from, to, cells.address());
    }
    return nextRow;
  }

  private void hash(Block rows, int from, int to) {
    long hashesByRow = hashes.address() - 8L * from;
    KeyHash.start(hashesByRow, from, to);
    for (int i = 0; i < keyCount; i++) {
      keys[i] = rows.column(i);
      KeyHash.add(keys[i], from, to, hashesByRow);
    }
  }

  private static long number(Block rows, int column, int row) {
    return Memory.getLong(rows.column(column).data() + 8L * row);
  }

  private long findOrAdd(long key, long start) {
    long known = beginningAt(key, start);
    if (known != 0) {
      return known;
    }
    long record = table.add(key, start, start);
    table.chain().link(key, record);
    return record;
  }

  private long beginningAt(long key, long start) {
    table.chain().seek(key, start);
    long before = table.chain().before();
    return before != 0 && session.start(before) == start ? before : 0;
  }

  /** Shows the sessions of those keys and starts that there are; they may be removed. */
  void find(Block identities, LongConsumer visitor) {
    for (int from = 0; from < identities.rowCount(); from += rowCapacity()) {
      int to = Math.min(identities.rowCount(), from + rowCapacity());
      hash(identities, from, to);
      for (int row = from; row < to; row++) {
        long key = table.key(keys, row, Memory.getLong(hashes.address() + 8L * (row - from)));
        long record = key == 0 ? 0 : beginningAt(key, number(identities, keyCount, row));
        if (record != 0) {
          visitor.accept(record);
        }
      }
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
