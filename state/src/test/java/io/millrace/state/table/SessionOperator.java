package io.millrace.state.table;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A small operator of sessions by a text: how many rows, their values' sum, and all values. */
final class SessionOperator implements AutoCloseable {
  static final int ROWS = 128;

  private static final Schema INPUT = Schema.parse("k STRING, t TIMESTAMP, gap BIGINT, v BIGINT");
  private static final DataType LIST = new DataType.Array(DataType.BIGINT, true);

  /** A row; times in microseconds. */
  record In(String key, Long time, Long gap, long value) {}

  /** A session that came out. */
  record Out(String key, long start, long end, long count, long sum, List<?> values) {}

  final KeyedSessions sessions;
  private final OpenedParts parts = new OpenedParts();
  private final Block input;
  private final Block output;
  private final ByteBlock hashes;
  private final ByteBlock stamps;
  private final RowSelection rows = new RowSelection();

  SessionOperator(BufferAllocator allocator, boolean closes) {
    List<Field> keys = List.of(new Field("k", DataType.STRING, true));
    try {
      sessions =
          parts.own(
              new KeyedSessions(
                  allocator,
                  keys,
                  new KeyedSessions.Columns(new int[] {0}, 1, 2),
                  List.of(
                      aggregate("n", AggregateFunction.COUNT_ROWS, List.of(), DataType.BIGINT),
                      aggregate("total", AggregateFunction.SUM, List.of(3), DataType.BIGINT),
                      aggregate("all", AggregateFunction.COLLECT_LIST, List.of(3), LIST)),
                  closes,
                  true,
                  ROWS));
      input = parts.own(Block.allocate(allocator, INPUT, ROWS));
      output =
          parts.own(
              Block.allocate(
                  allocator,
                  new Schema(
                      List.of(
                          keys.getFirst(),
                          new Field("start", DataType.TIMESTAMP, false),
                          new Field("end", DataType.TIMESTAMP, false),
                          new Field("n", DataType.BIGINT, false),
                          new Field("total", DataType.BIGINT, true),
                          new Field("all", LIST, false))),
                  ROWS));
      hashes = parts.own(new ByteBlock(allocator, 8 * ROWS));
      stamps = parts.own(new ByteBlock(allocator, 8 * ROWS));
    } catch (RuntimeException | Error e) {
      try (parts) {
        throw e;
      }
    }
  }

  private static AggregateSpec aggregate(
      String name, AggregateFunction function, List<Integer> arguments, DataType type) {
    List<DataType> types = arguments.isEmpty() ? List.of() : List.of(DataType.BIGINT);
    return new AggregateSpec(
        name, function, arguments, AggregateSpec.NO_FILTER, false, types, type);
  }

  void take(long firstRow, List<In> batch) {
    take(firstRow, batch, List.of());
  }

  /**
   * Takes at most {@link #ROWS}.
   *
   * @param watermarks before each row; none for the rule by batch
   */
  void take(long firstRow, List<In> batch, List<Long> watermarks) {
    input.clear();
    for (int row = 0; row < batch.size(); row++) {
      In in = batch.get(row);
      Object[] cells = {in.key, in.time, in.gap, in.value};
      for (int i = 0; i < cells.length; i++) {
        input.column(i).mayHaveNulls(true);
        Cell.put(input.column(i), row, cells[i]);
      }
      if (!watermarks.isEmpty()) {
        Memory.putLong(stamps.address() + 8L * row, watermarks.get(row));
      }
    }
    input.rowCount(batch.size());
    KeyHash.start(hashes.address(), 0, batch.size());
    KeyHash.add(input.column(0), 0, batch.size(), hashes.address());
    sessions.update(
        input,
        rows.set(0, batch.size(), RowSelection.ALL),
        hashes.address(),
        watermarks.isEmpty() ? 0 : stamps.address(),
        firstRow);
  }

  /** What is over at the end of a batch. */
  List<Out> close(long watermark) {
    List<Out> closed = new ArrayList<>();
    sessions.close(watermark, (records, count) -> read(records, count, closed));
    sessions.endBatch();
    return closed;
  }

  List<Out> all() {
    List<Out> all = new ArrayList<>();
    sessions.all((records, count) -> read(records, count, all));
    return all;
  }

  private void read(long records, int count, List<Out> into) {
    output.clear();
    sessions.identities(records, count, output);
    for (int i = 0; i < 3; i++) {
      sessions.result(i, records, count, output.column(3 + i));
    }
    for (int row = 0; row < count; row++) {
      into.add(
          new Out(
              (String) Cell.get(output.column(0), row),
              number(1, row),
              number(2, row),
              number(3, row),
              number(4, row),
              (List<?>) Cell.get(output.column(5), row)));
    }
  }

  private long number(int column, int row) {
    return (Long) Cell.get(output.column(column), row);
  }

  /** Writes what changed into another operator, as a restart reads it. */
  void saveTo(SessionOperator other) {
    sessions.changes(other.sessions::load, other.sessions::unload);
  }

  @Override
  public void close() {
    parts.close();
  }
}
