package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
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
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The sessions of one operator that one thread owns: those of the same keys that touch become one,
 * with the earlier start, the later end and the accumulators of both. Rows find their session one
 * by one, in their order; accumulators take them column by column, up to a row that makes sessions
 * meet.
 *
 * <p>Saved rows are the keys and the start, by which a session is known, its end, the number of its
 * first row, and the accumulators' state.
 */
public final class KeyedSessions implements KeyedState {
  /** A watermark that nothing is over at. */
  private static final long NONE = Long.MIN_VALUE;

  private final Columns columns;
  private final boolean closes;
  private final OpenedParts parts = new OpenedParts();
  private final Accumulators accumulators;
  private final SessionTable table;
  private final SessionRecord session = new SessionRecord(SessionTable.recordOffset());
  private final SessionEnds ends = new SessionEnds(session);
  private final SessionRows spans;
  private final ChangedSessions changed;
  private final GoneSessions gone;
  private final SavedRows gathered;
  private final SessionStates states;
  private final RecordList listed;
  private final RecordSort byEnd = new RecordSort(session::end, GroupRecord::firstRow);
  private final RecordSort byFirstRow = new RecordSort(GroupRecord::firstRow, record -> record);
  private final ByteBlock cells;
  private final ByteBlock one;
  private final ColumnVector[] keys;
  private final RowSelection pending = new RowSelection();
  private long batch = 1;
  private int touched;
  private long nextRow;

  /**
   * Where in the input everything stands, by index.
   *
   * @param time TIMESTAMP
   * @param gap BIGINT, microseconds
   */
  public record Columns(int[] keys, int time, int gap) {}

  /**
   * @param closes whether a session is over when the watermark has reached its end, or never
   * @param rowCapacity of the blocks that rows come from
   */
  public KeyedSessions(
      BufferAllocator allocator,
      List<Field> keyFields,
      Columns columns,
      List<AggregateSpec> aggregates,
      boolean closes,
      boolean ansi,
      int rowCapacity) {
    this.columns = columns;
    this.closes = closes;
    this.keys = new ColumnVector[keyFields.size()];
    try {
      accumulators =
          parts.own(Accumulators.of(aggregates, SessionTable.stateOffset(), ansi, allocator));
      table =
          parts.own(
              new SessionTable(
                  allocator,
                  keyFields.stream().map(Field::type).toList(),
                  session,
                  accumulators.stateBytes(),
                  rowCapacity));
      states =
          parts.own(
              new SessionStates(allocator, keyFields, table, session, accumulators, rowCapacity));
      gone = parts.own(new GoneSessions(allocator, states.identity(), table, session));
      spans = parts.own(new SessionRows(allocator, rowCapacity));
      changed = parts.own(new ChangedSessions(allocator, session));
      gathered = parts.own(new SavedRows(allocator, states.schema(), rowCapacity, states::save));
      listed = parts.own(new RecordList(allocator));
      cells = parts.own(new ByteBlock(allocator, 8 * rowCapacity));
      one = parts.own(new ByteBlock(allocator, 8));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /** Keys, start, end, {@code first_row}, state of the aggregates. */
  @Override
  public Schema stateSchema() {
    return states.schema();
  }

  /** The keys and the start. */
  @Override
  public int stateKeys() {
    return keys.length + 1;
  }

  @Override
  public Optional<OperatorState.Closing> stateClosing() {
    int end = keys.length + 1;
    return closes ? Optional.of(new OperatorState.Closing(end, 0)) : Optional.empty();
  }

  /**
   * Adds rows to their sessions. Rows without a time or a positive gap are left out.
   *
   * @param hashes address of a 64-bit hash of the keys per row
   * @param watermarks address of the watermark before each row, where what is over by then takes no
   *     more rows; 0 where everything that is over is closed already
   * @param firstRow number of the block's row 0; greater than those of all rows before
   */
  public void update(Block input, RowSelection rows, long hashes, long watermarks, long firstRow) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = input.column(columns.keys()[i]);
    }
    RowSelection taken = spans.of(input.column(columns.time()), input.column(columns.gap()), rows);
    table.findKeys(keys, taken, hashes, cells.address());
    pending.set(rows.from(), rows.from(), taken.mask());
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      for (long word = taken.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        long cell = cells.address() + 8L * row;
        long watermark = watermarks == 0 ? NONE : Memory.getLong(watermarks + 8L * row);
        long record = place(input, Memory.getLong(cell), row, watermark, firstRow + row);
        Memory.putLong(cell, record);
        touch(record);
      }
    }
    flush(input, rows.to());
    nextRow = firstRow + rows.to();
  }

  /** The session of a row, after it has taken the row's time. */
  private long place(Block input, long key, int row, long watermark, long rowNumber) {
    long start = spans.start(row);
    long end = spans.end(row);
    SessionChain chain = table.chain();
    chain.seek(key, end);
    long joined = 0;
    while (chain.before() != 0) {
      long other = chain.before();
      if (isOver(other, watermark)) {
        chain.unlinkBefore();
        continue;
      } else if (session.end(other) < start) {
        break;
      } else if (joined != 0) {
        flush(input, row);
        merge(other, joined);
      }
      joined = other;
      chain.stepBack();
    }
    if (joined == 0) {
      return begin(key, start, end, rowNumber);
    }
    chain.recent(key, joined);
    beforeChange(joined);
    widen(joined, start, end);
    return joined;
  }

  /** A session that waits to be gathered is gathered now, as it is. */
  private void beforeChange(long record) {
    if (changed.isAside(record)) {
      changed.gathered(record);
      Memory.putLong(one.address(), record);
      save(one.address(), 1);
    }
  }

  private void save(long records, int count) {
    gathered.add(records, count);
    for (int i = 0; i < count; i++) {
      saved(Memory.getLong(records + 8L * i));
    }
  }

  private static void saved(long record) {
    GroupRecord.flags(record, GroupRecord.flags(record) | SessionRecord.SAVED);
  }

  private boolean isOver(long record, long watermarkUs) {
    return closes && watermarkUs != NONE && session.end(record) <= watermarkUs;
  }

  private long begin(long key, long start, long end, long rowNumber) {
    long record = table.add(key, start, end);
    GroupRecord.firstRow(record, rowNumber);
    table.chain().link(key, record);
    if (closes) {
      ends.add(record);
    }
    return record;
  }

  private void widen(long record, long start, long end) {
    if (start < session.start(record)) {
      disown(record);
      session.start(record, start);
    }
    session.end(record, Math.max(end, session.end(record)));
  }

  /** What a session was written down as is no longer it. */
  private void disown(long record) {
    int flags = GroupRecord.flags(record);
    if ((flags & SessionRecord.SAVED) != 0) {
      gone.add(record);
      GroupRecord.flags(record, flags & ~SessionRecord.SAVED);
    }
  }

  /** Accumulates the rows before one whose sessions are known. */
  private void flush(Block input, int toRow) {
    pending.set(pending.from(), toRow, pending.mask());
    if (!pending.isEmpty()) {
      accumulators.update(input, pending, cells.address());
    }
    pending.set(toRow, toRow, pending.mask());
  }

  private void merge(long into, long later) {
    beforeChange(into);
    beforeChange(later);
    accumulators.merge(into, later);
    session.end(into, Math.max(session.end(into), session.end(later)));
    GroupRecord.firstRow(into, Math.min(GroupRecord.firstRow(into), GroupRecord.firstRow(later)));
    touched -= session.touched(later) == batch ? 1 : 0;
    disown(later);
    remove(later);
  }

  private void touch(long record) {
    if (session.touched(record) != batch) {
      session.touched(record, batch);
      touched++;
    }
    changed.add(record);
  }

  private void remove(long record) {
    beforeChange(record);
    ends.remove(record);
    changed.remove(record);
    accumulators.release(record);
    table.remove(record);
  }

  @Override
  public int size() {
    return table.size();
  }

  /** How many sessions rows of this batch fell into. */
  public int touchedCount() {
    return touched;
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes()
        + accumulators.memoryBytes()
        + ends.memoryBytes()
        + changed.memoryBytes()
        + gone.memoryBytes()
        + gathered.memoryBytes()
        + listed.memoryBytes();
  }

  /** The number that the row after all those seen so far may have. */
  @Override
  public long nextRow() {
    return nextRow;
  }

  /** The watermark at which the next session is over; {@link Long#MAX_VALUE} if there is none. */
  @Override
  public long nextClosingUs() {
    return ends.isEmpty() ? Long.MAX_VALUE : session.end(ends.first());
  }

  /**
   * Shows the sessions that are over at a watermark and forgets them: in the order of their ends,
   * then of their first rows.
   *
   * @return how many there were
   */
  public long close(long watermarkUs, RecordVisitor visitor) {
    listed.clear();
    while (!ends.isEmpty() && isOver(ends.first(), watermarkUs)) {
      long record = ends.first();
      ends.remove(record);
      listed.add(record);
    }
    byEnd.sort(listed, 0, listed.size());
    listed.show(0, states.rowCapacity(), visitor);
    int closed = listed.size();
    for (int i = 0; i < closed; i++) {
      remove(listed.get(i));
    }
    listed.clear();
    return closed;
  }

  /** Shows all sessions in the order of their first rows. */
  public void all(RecordVisitor visitor) {
    table.list(listed);
    byFirstRow.sort(listed, 0, listed.size());
    listed.show(0, states.rowCapacity(), visitor);
    listed.clear();
  }

  /** The batch is over: nothing is touched any more. */
  public void endBatch() {
    batch++;
    touched = 0;
  }

  /** Gathers keys, starts and ends of sessions into the first columns, dense, from row 0 on. */
  public void identities(long records, int count, Block into) {
    states.identities(records, count, into, 0);
  }

  /** Gathers results of sessions densely, from row 0 on. */
  public void result(int aggregate, long records, int count, ColumnVector into) {
    accumulators.result(aggregate, records, count, into, 0);
  }

  /**
   * Shows what changed since the last call; between batches.
   *
   * @param upserts is shown saved rows, after the removals
   * @param removals is shown keys and starts of saved rows that are nobody's any more
   */
  @Override
  public void changes(BlockVisitor upserts, BlockVisitor removals) {
    gone.take(removals);
    RecordList list = changed.list();
    list.show(0, states.rowCapacity(), (records, count) -> states.save(records, count, upserts));
    for (int i = 0; i < list.size(); i++) {
      saved(list.get(i));
    }
    changed.clear();
  }

  @Override
  public void setAside(BlockVisitor upserts, BlockVisitor removals) {
    gone.take(removals);
    changed.setAside();
    gathered.begin(upserts);
  }

  @Override
  public boolean gather(int maxRows) {
    RecordList aside = changed.aside();
    int count = Math.min(maxRows, aside.size());
    listed.clear();
    for (int i = 0; i < count; i++) {
      long record = aside.get(aside.size() - 1);
      changed.gathered(record);
      listed.add(record);
    }
    save(listed.address(0), count);
    listed.clear();
    if (aside.size() > 0) {
      return false;
    }
    gathered.end();
    return true;
  }

  @Override
  public void forgetChanges() {
    changed.clear();
    gone.take(rows -> {});
  }

  @Override
  public void snapshot(BlockVisitor visitor) {
    table.list(listed);
    listed.show(0, states.rowCapacity(), (records, count) -> states.save(records, count, visitor));
    listed.clear();
  }

  /** Takes saved rows, dense; a row replaces an earlier one of the same keys and start. */
  @Override
  public void load(Block rows) {
    nextRow = Math.max(nextRow, states.load(rows));
  }

  /** Takes away saved rows by their keys and starts. */
  @Override
  public void unload(Block identities) {
    states.find(identities, this::remove);
  }

  /** All saved rows are there: forgets those that were over at the watermark of the last commit. */
  @Override
  public void loaded(long watermarkUs) {
    ends.clear();
    if (closes) {
      table.list(listed);
      for (int i = 0; i < listed.size(); i++) {
        ends.add(listed.get(i));
      }
      close(watermarkUs, (records, count) -> {});
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
