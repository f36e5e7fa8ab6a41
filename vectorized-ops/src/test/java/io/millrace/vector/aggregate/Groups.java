package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** A small operator: groups by the first columns of a block and aggregates others. */
final class Groups implements AutoCloseable {
  final GroupTable table;
  final Accumulators accumulators;
  private final BufferAllocator allocator;
  private final List<AggregateSpec> specs;
  private final List<DataType> keyTypes;
  private final ByteBlock hashes;
  private final ByteBlock records;

  Groups(
      BufferAllocator allocator, List<DataType> keyTypes, List<AggregateSpec> specs, boolean ansi) {
    this.allocator = allocator;
    this.specs = specs;
    this.keyTypes = keyTypes;
    accumulators = Accumulators.of(specs, GroupTable.stateOffset(keyTypes), ansi, allocator);
    table = new GroupTable(allocator, keyTypes, accumulators.stateBytes());
    hashes = new ByteBlock(allocator, 8 * 4096);
    records = new ByteBlock(allocator, 8 * 4096);
  }

  void find(Block block, RowSelection rows) {
    ColumnVector[] keys = new ColumnVector[keyTypes.size()];
    KeyHash.start(hashes.address(), rows.from(), rows.to());
    for (int i = 0; i < keys.length; i++) {
      keys[i] = block.column(i);
      KeyHash.add(keys[i], rows.from(), rows.to(), hashes.address());
    }
    table.find(keys, rows, hashes.address(), records.address());
  }

  void update(Block block, RowSelection rows) {
    find(block, rows);
    accumulators.update(block, rows, records.address());
  }

  long record(List<Object> key) {
    try (Block block = Block.allocate(allocator, keySchema(), 64)) {
      for (int i = 0; i < key.size(); i++) {
        Cell.put(block.column(i), 0, key.get(i));
      }
      find(block, new RowSelection().set(0, 1, RowSelection.ALL));
      return Memory.getLong(records.address());
    }
  }

  Schema keySchema() {
    List<Field> fields = new ArrayList<>();
    for (DataType type : keyTypes) {
      fields.add(new Field("key " + fields.size(), type, true));
    }
    return new Schema(fields);
  }

  /** All groups with their results, in two pieces, so that results begin in the middle, too. */
  Map<List<Object>, List<Object>> results() {
    List<Field> fields = new ArrayList<>(keySchema().fields());
    for (AggregateSpec spec : specs) {
      fields.add(new Field("result " + fields.size(), spec.type(), true));
    }
    Map<List<Object>, List<Object>> results = new LinkedHashMap<>();
    int count = table.walk().next(records.address(), 4096);
    try (Block block = Block.allocate(allocator, new Schema(fields), Math.max(64, count))) {
      for (int i = 0; i < fields.size() && count > 0; i++) {
        int half = count / 2;
        write(i, records.address(), half, block.column(i), 0);
        write(i, records.address() + 8L * half, count - half, block.column(i), half);
      }
      for (int row = 0; row < count; row++) {
        results.put(
            values(block, 0, keyTypes.size(), row),
            values(block, keyTypes.size(), fields.size(), row));
      }
    }
    return results;
  }

  private void write(int column, long from, int count, ColumnVector into, int at) {
    if (column < keyTypes.size()) {
      table.keys(from, count, column, into, at);
    } else {
      accumulators.result(column - keyTypes.size(), from, count, into, at);
    }
  }

  private static List<Object> values(Block block, int from, int to, int row) {
    List<Object> values = new ArrayList<>();
    for (int i = from; i < to; i++) {
      values.add(Cell.get(block.column(i), row));
    }
    return values;
  }

  /** Writes all groups to a block and reads it into another operator of the same kind. */
  void copyInto(Groups other) {
    List<Field> fields = new ArrayList<>(keySchema().fields());
    fields.addAll(accumulators.stateSchema().fields());
    int count = table.walk().next(records.address(), 4096);
    int half = count / 3;
    int keys = keyTypes.size();
    try (Block block = Block.allocate(allocator, new Schema(fields), Math.max(64, count))) {
      for (int i = 0; i < keys; i++) {
        table.keys(records.address(), count, i, block.column(i), 0);
      }
      accumulators.save(records.address(), half, block, keys, 0);
      accumulators.save(records.address() + 8L * half, count - half, block, keys, half);
      block.rowCount(count);
      other.find(block, new RowSelection().set(0, count, RowSelection.ALL));
      long into = other.records.address();
      other.accumulators.load(block, keys, 0, half, into);
      other.accumulators.load(block, keys, half, count, into + 8L * half);
    }
  }

  void removeAll() {
    table.forEach(
        record -> {
          accumulators.release(record);
          table.remove(record);
        });
  }

  @Override
  public void close() {
    records.close();
    hashes.close();
    table.close();
    accumulators.close();
  }
}
