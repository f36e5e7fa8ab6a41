package io.millrace.state.table;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.vector.aggregate.Accumulators;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.group.RecordCell;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups of windows, put together of the groups of panes, one window after the other. Their records
 * look as those of panes do, with the window's start in the place of the pane's.
 */
final class WindowGroups implements AutoCloseable {
  private final int timeKey;
  private final OpenedParts parts = new OpenedParts();
  private final GroupTable table;
  private final Accumulators accumulators;
  private final RecordCell time;
  private final FirstRowSort sort = new FirstRowSort();
  private final RecordList closed;
  private final OrderedRecords ordered;
  private long start;
  private int before;

  /**
   * @param timeKey index of the start among the keys
   * @param times tells a record's start
   */
  WindowGroups(
      BufferAllocator allocator,
      List<Field> keyFields,
      List<AggregateSpec> aggregates,
      int timeKey,
      boolean ansi,
      OrderedRecords.Key times) {
    this.timeKey = timeKey;
    try {
      List<DataType> types = keyFields.stream().map(Field::type).toList();
      accumulators =
          parts.own(Accumulators.of(aggregates, GroupTable.stateOffset(types), ansi, allocator));
      table = parts.own(new GroupTable(allocator, types, accumulators.stateBytes()));
      time = table.key(timeKey);
      closed = parts.own(new RecordList(allocator));
      ordered = new OrderedRecords(closed, times, GroupRecord::firstRow);
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  /** A window follows whose start is after those of all before. */
  void begin(long windowStart) {
    start = windowStart;
    before = closed.size();
  }

  /**
   * Takes what a pane holds of some groups into the window.
   *
   * @param records address of the addresses of the pane's records
   * @param hashShift what the pane's start adds to the records' hashes
   */
  void take(long records, int count, int hashShift) {
    table.expectLike(records, count, hashShift);
    for (int i = 0; i < count; i++) {
      take(Memory.getLong(records + 8L * i), hashShift);
    }
  }

  private void take(long pane, int hashShift) {
    long group = table.findLike(pane, timeKey, hashShift);
    long row = GroupRecord.firstRow(pane);
    if (table.added() > 0) {
      Memory.putLong(group + time.offset(), start);
      time.setValid(group);
      GroupRecord.firstRow(group, row);
      closed.add(group);
      accumulators.begin(group, pane);
      return;
    }
    if (row < GroupRecord.firstRow(group)) {
      GroupRecord.firstRow(group, row);
    }
    accumulators.merge(group, pane);
  }

  /** The window is whole. */
  void end() {
    sort.sort(closed, before);
    table.hideAll();
  }

  /** The groups of all windows, in the order of their starts, then of their first rows. */
  OrderedRecords closed() {
    return ordered;
  }

  /** Forgets all windows. */
  void clear() {
    if (closed.size() > 0) {
      if (accumulators.holdMemory()) {
        closed.forEach(accumulators::release);
      }
      closed.clear();
      table.removeAll();
    }
    table.endRound();
  }

  long memoryBytes() {
    return table.memoryBytes() + accumulators.memoryBytes() + closed.memoryBytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
