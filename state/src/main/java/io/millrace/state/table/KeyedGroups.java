package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.Accumulators;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.hash.KeyHash;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The groups of one operator that one thread owns: their accumulators, which of them changed in
 * this batch and which since the state was written down last, and when they are over.
 *
 * <p>Saved rows are the keys, the number of the group's first row, and the accumulators' state.
 */
public sealed class KeyedGroups implements KeyedState permits SlidingGroups {
  private static final int TOUCHED = 1;

  private final int keyCount;
  private final Closing closing;
  private final int unplacedKey;
  private final boolean ordersTouched;
  private final int touchOffset;
  private final Schema stateSchema;
  private final OpenedParts parts = new OpenedParts();
  private final Accumulators accumulators;
  private final GroupTable table;
  private final ByteBlock cells;
  private final ByteBlock hashes;
  private final RecordList touched;
  private final RecordList listed;
  private final OrderedRecords byTouch;
  private final OrderedRecords byFirstRow;
  private final RecordList closed;
  private final RecordVisitor toClosed;
  private final OrderedRecords byTime;
  private final Block saved;
  private final ColumnVector[] keys;
  private final ClosingIndex closings;
  private final ChangedGroups changes;
  private final LongPredicate isClosed = this::isClosed; // once, not once a batch
  private long nextRow;
  private long lastClosed;
  private long changed;

  /**
   * When groups are over.
   *
   * @param key index of the TIMESTAMP key that is the groups' time, by which those of one row are
   *     ordered too; -1 if they have none
   * @param lengthUs a group is over when the watermark has reached its time plus this; {@link
   *     #ENDLESS} if no group ever is
   */
  public record Closing(int key, long lengthUs) {
    public static final long ENDLESS = Long.MAX_VALUE;

    boolean exists() {
      return key >= 0 && lengthUs != ENDLESS;
    }

    /** Whether a group of that time is over. */
    public boolean isOver(long timeUs, long watermarkUs) {
      return OperatorState.Closing.isOver(timeUs, lengthUs, watermarkUs);
    }
  }

  /**
   * @param ordersTouched whether {@link #touched} is asked for
   * @param rowCapacity of the blocks that rows come from
   */
  public KeyedGroups(
      BufferAllocator allocator,
      List<Field> keyFields,
      List<AggregateSpec> aggregates,
      Closing closing,
      boolean ordersTouched,
      boolean ansi,
      int rowCapacity) {
    this(
        allocator,
        keyFields,
        aggregates,
        closing,
        GroupTable.NO_KEY,
        ordersTouched,
        ansi,
        rowCapacity);
  }

  /**
   * @param unplacedKey index of a TIMESTAMP key that hashes from outside leave out, so that groups
   *     that differ in nothing else have one owner
   */
  KeyedGroups(
      BufferAllocator allocator,
      List<Field> keyFields,
      List<AggregateSpec> aggregates,
      Closing closing,
      int unplacedKey,
      boolean ordersTouched,
      boolean ansi,
      int rowCapacity) {
    this.keyCount = keyFields.size();
    this.closing = closing;
    this.unplacedKey = unplacedKey;
    this.ordersTouched = ordersTouched;
    this.keys = new ColumnVector[keyCount];
    try {
      List<DataType> keyTypes = keyFields.stream().map(Field::type).toList();
      touchOffset = GroupTable.stateOffset(keyTypes);
      int ownBytes = ordersTouched ? 8 : 0;
      accumulators =
          parts.own(Accumulators.of(aggregates, touchOffset + ownBytes, ansi, allocator));
      table =
          parts.own(
              new GroupTable(
                  allocator, keyTypes, ownBytes + accumulators.stateBytes(), closing.key()));
      cells = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
      hashes = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
      touched = parts.own(new RecordList(allocator));
      listed = parts.own(new RecordList(allocator));
      closed = parts.own(new RecordList(allocator));
      toClosed = closed::addAll;
      closings = parts.own(new ClosingIndex(allocator));
      byTouch = new OrderedRecords(touched, this::touchedBy, this::time);
      byFirstRow = new OrderedRecords(listed, GroupRecord::firstRow, this::time);
      byTime = new OrderedRecords(closed, this::time, GroupRecord::firstRow);
      stateSchema =
          StateColumns.of(
              keyFields,
              List.of(new Field("first_row", DataType.BIGINT, false)),
              accumulators.stateSchema().fields());
      saved = parts.own(Block.allocate(allocator, stateSchema, rowCapacity));
      changes =
          parts.own(
              new ChangedGroups(
                  allocator, closings, closing.exists(), stateSchema, rowCapacity, this::save));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /** Keys, {@code first_row}, state of the aggregates. */
  @Override
  public Schema stateSchema() {
    return stateSchema;
  }

  @Override
  public int stateKeys() {
    return keyCount;
  }

  @Override
  public final boolean isPlacedBy(int key) {
    return key != unplacedKey;
  }

  @Override
  public Optional<OperatorState.Closing> stateClosing() {
    return closing.exists()
        ? Optional.of(new OperatorState.Closing(closing.key(), closing.lengthUs()))
        : Optional.empty();
  }

  /**
   * Adds rows to their groups.
   *
   * @param keyColumns indexes of the key columns in the input
   * @param hashes address of a 64-bit hash per row of the keys that {@link #isPlacedBy} names
   * @param firstRow number of the block's row 0; greater than those of all rows before, unless the
   *     block comes once per window
   * @param numbers address of a 64-bit number per row that is added to {@code firstRow}; 0 where
   *     that is the row's index
   */
  public void update(
      Block input, int[] keyColumns, RowSelection rows, long hashes, long firstRow, long numbers) {
    for (int i = 0; i < keyCount; i++) {
      keys[i] = input.column(keyColumns[i]);
    }
    table.find(keys, rows, ofAllKeys(rows, hashes), cells.address());
    for (int i = 0; i < table.added(); i++) {
      int row = table.addedRow(i);
      begin(table.addedRecord(i), number(firstRow, numbers, row), row);
    }
    changes.beforeChange(rows, cells.address());
    accumulators.update(input, rows, cells.address());
    mark(rows, firstRow, numbers);
  }

  private long ofAllKeys(RowSelection rows, long placing) {
    if (unplacedKey == GroupTable.NO_KEY) {
      return placing;
    }
    addUnplaced(keys[unplacedKey].data(), rows.from(), rows.to(), placing, hashes.address());
    return hashes.address();
  }

  private static void addUnplaced(long times, int from, int to, long placing, long hashes) {
    for (int row = from; row < to; row++) {
      long at = 8L * row;
      Memory.putLong(
          hashes + at, Memory.getLong(placing + at) + unplaced(Memory.getLong(times + at)));
    }
  }

  /** What the key that does not place a group adds to its hash. */
  static long unplaced(long time) {
    return KeyHash.mix(time);
  }

  private static long number(long firstRow, long numbers, int row) {
    return firstRow + (numbers == 0 ? row : Memory.getLong(numbers + 8L * row));
  }

  private void begin(long record, long rowNumber, int row) {
    GroupRecord.firstRow(record, rowNumber);
    nextRow = Math.max(nextRow, rowNumber + 1);
    if (closing.exists() && !keys[closing.key()].isNull(row)) {
      closings.add(Memory.getLong(keys[closing.key()].data() + 8L * row), record);
    } else {
      changes.add(record);
    }
    changed++;
  }

  private void mark(RowSelection rows, long firstRow, long numbers) {
    long records = cells.address();
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      for (long word = rows.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        long record = Memory.getLong(records + 8L * row);
        if (changes.addIfMissing(record)) {
          changed++;
        }
        int flags = GroupRecord.flags(record);
        if (ordersTouched && (flags & TOUCHED) == 0) {
          touched.add(record);
          Memory.putLong(record + touchOffset, number(firstRow, numbers, row));
          GroupRecord.flags(record, flags | TOUCHED);
        }
      }
    }
  }

  /** Adds the one group of an operator without keys, if no row has yet. */
  public void addGlobal() {
    if (keyCount == 0 && table.size() == 0) {
      Memory.putLong(hashes.address(), KeyHash.SEED);
      RowSelection one = new RowSelection().set(0, 1, RowSelection.ALL);
      table.find(keys, one, hashes.address(), cells.address());
      begin(table.addedRecord(0), nextRow, 0);
      mark(one, nextRow, 0);
    }
  }

  /** How many there are, without those that {@link #close} took out. */
  @Override
  public int size() {
    return table.size() - closed.size();
  }

  /** How many groups changed in this batch that had not since they were written down last. */
  public long changedCount() {
    return changed;
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes()
        + accumulators.memoryBytes()
        + touched.memoryBytes()
        + changes.memoryBytes()
        + listed.memoryBytes()
        + closed.memoryBytes()
        + closings.memoryBytes();
  }

  /** Above those of all groups' first rows; numbers of rows that come later are not below it. */
  @Override
  public long nextRow() {
    return nextRow;
  }

  /** The watermark at which the next group is over; {@link Long#MAX_VALUE} if there is none. */
  @Override
  public long nextClosingUs() {
    if (closings.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long time = closings.earliest();
    return time > Long.MAX_VALUE - closing.lengthUs() ? Long.MAX_VALUE : time + closing.lengthUs();
  }

  /**
   * The groups that rows of this batch fell into, in the order of the first such row; those of one
   * row in the order of their times.
   */
  public OrderedRecords touched() {
    return byTouch.sorted();
  }

  /** The number of the first row of this batch that fell into a group. */
  private long touchedBy(long record) {
    return Memory.getLong(record + touchOffset);
  }

  /** The time of a group; 0 if groups have none. */
  final long time(long record) {
    return closing.key() >= 0 ? Memory.getLong(record + table.key(closing.key()).offset()) : 0;
  }

  /** All groups in the order of their first rows; those of one row in that of their times. */
  public OrderedRecords all() {
    list();
    return byFirstRow.sorted();
  }

  private void list() {
    listed.clear();
    table.forEach(
        record -> {
          if (!isClosed(record)) {
            listed.add(record);
          }
        });
  }

  /**
   * The groups that are over at a watermark, in the order of their times, then of their first rows.
   * Nothing else sees them any more; their memory stays until {@link #endBatch}.
   */
  public OrderedRecords close(long watermarkUs) {
    while (!closings.isEmpty() && closing.isOver(closings.earliest(), watermarkUs)) {
      lastClosed = closings.earliest();
      closings.closeEarliest(toClosed);
    }
    if (closed.size() > 0) {
      changes.closed(closed, isClosed);
    }
    return byTime;
  }

  /** How many groups {@link #close} took out in this batch. */
  public final int closedCount() {
    return closed.size();
  }

  private boolean isClosed(long record) {
    return closed.size() > 0
        && table.key(closing.key()).isValid(record)
        && time(record) <= lastClosed;
  }

  /** Shows the groups of an order, so many at a time as a block of rows has room for. */
  public void show(OrderedRecords records, RecordVisitor visitor) {
    records.show(saved.rowCapacity(), visitor);
  }

  private void removeClosed() {
    if (accumulators.holdMemory()) {
      closed.forEach(accumulators::release);
    }
    if (closed.size() >= table.size() / 2 && lastClosed != Long.MAX_VALUE) {
      table.removeUpTo(lastClosed, closed.size());
    } else {
      closed.forEach(table::remove);
    }
    closed.clear();
  }

  /** The batch is over: nothing is touched any more, and what was closed is gone. */
  public void endBatch() {
    for (int i = 0; i < touched.size(); i++) {
      long record = touched.get(i);
      GroupRecord.flags(record, GroupRecord.flags(record) & ~TOUCHED);
    }
    touched.clear();
    listed.clear();
    if (closed.size() > 0) {
      removeClosed();
    }
    changed = 0;
    table.endRound();
  }

  /** Gathers a key of records densely, from row 0 on. */
  public void key(int index, long records, int count, ColumnVector into) {
    table.keys(records, count, index, into, 0);
  }

  /** Gathers results of records densely, from row 0 on. */
  public void result(int aggregate, long records, int count, ColumnVector into) {
    accumulators.result(aggregate, records, count, into, 0);
  }

  @Override
  public void changes(BlockVisitor upserts, BlockVisitor removals) {
    RecordList rows = changes.list();
    rows.show(0, saved.rowCapacity(), (records, count) -> save(records, count, upserts));
    forgetChanges();
  }

  @Override
  public void setAside(BlockVisitor upserts, BlockVisitor removals) {
    changes.setAside(upserts, nextRow);
  }

  @Override
  public boolean gather(int maxRows) {
    return changes.gather(maxRows);
  }

  @Override
  public void forgetChanges() {
    changes.clear(nextRow);
  }

  @Override
  public void snapshot(BlockVisitor visitor) {
    list();
    listed.show(0, saved.rowCapacity(), (records, count) -> save(records, count, visitor));
    listed.clear();
  }

  private void save(long records, int count, BlockVisitor visitor) {
    saved.clear();
    save(records, count, saved, 0);
    saved.rowCount(count);
    visitor.block(saved);
  }

  private void save(long records, int count, Block into, int at) {
    for (int i = 0; i < keyCount; i++) {
      table.keys(records, count, i, into.column(i), at);
    }
    ColumnVector firstRow = into.column(keyCount);
    firstRow.setAllValid(at + count);
    for (int i = 0; i < count; i++) {
      Memory.putLong(
          firstRow.data() + 8L * (at + i), GroupRecord.firstRow(Memory.getLong(records + 8L * i)));
    }
    accumulators.save(records, count, into, keyCount + 1, at);
  }

  /** Takes saved rows, dense, of any number; a row replaces an earlier one of the same keys. */
  @Override
  public void load(Block rows) {
    long firstRows = rows.column(keyCount).data();
    for (int from = 0; from < rows.rowCount(); from += saved.rowCapacity()) {
      int to = Math.min(rows.rowCount(), from + saved.rowCapacity());
      load(rows, from, to, firstRows);
    }
  }

  private void load(Block rows, int from, int to, long firstRows) {
    // Cells and hashes are by row, so they are looked at as if they began before the block.
    long hashesByRow = hashes.address() - 8L * from;
    long recordsByRow = cells.address() - 8L * from;
    findByKeys(rows, from, to, hashesByRow, recordsByRow);
    accumulators.load(rows, keyCount + 1, from, to, cells.address());
    for (int row = from; row < to; row++) {
      long firstRow = Memory.getLong(firstRows + 8L * row);
      GroupRecord.firstRow(Memory.getLong(recordsByRow + 8L * row), firstRow);
      nextRow = Math.max(nextRow, firstRow + 1);
    }
  }

  private void findByKeys(Block rows, int from, int to, long hashesByRow, long recordsByRow) {
    KeyHash.start(hashesByRow, from, to);
    for (int i = 0; i < keyCount; i++) {
      keys[i] = rows.column(i);
      if (isPlacedBy(i)) {
        KeyHash.add(keys[i], from, to, hashesByRow);
      }
    }
    if (unplacedKey != GroupTable.NO_KEY) {
      addUnplaced(keys[unplacedKey].data(), from, to, hashesByRow, hashesByRow);
    }
    RowSelection range = new RowSelection().set(from, to, RowSelection.ALL);
    table.find(keys, range, hashesByRow, recordsByRow);
  }

  /** Groups go by the watermark alone. */
  @Override
  public void unload(Block removed) {
    throw new IllegalStateException("assertion: groups go by the watermark alone");
  }

  /** All saved rows are there: forgets those that were over at the watermark of the last commit. */
  @Override
  public void loaded(long watermarkUs) {
    closings.clear();
    if (!closing.exists()) {
      forgetChanges();
      return;
    }
    all();
    for (int i = 0; i < listed.size(); i++) {
      long record = listed.get(i);
      if (table.key(closing.key()).isValid(record)) {
        closings.add(time(record), record);
      }
    }
    forgetChanges(); // as they come from where they were saved
    close(watermarkUs);
    endBatch();
  }

  final ClosingIndex closings() {
    return closings;
  }

  @Override
  public void close() {
    parts.close();
  }
}
