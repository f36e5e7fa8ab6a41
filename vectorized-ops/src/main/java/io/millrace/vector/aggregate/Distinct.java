package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.gather.Gather;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.group.RowList;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.util.AutoCloseables;

/**
 * Lets another aggregate see each combination of arguments once per group. The combinations of all
 * groups stand in one table, keyed by the group's record and the arguments; those of a group are
 * linked in the order of their appearance. They are the whole state: reading it back shows them to
 * the other aggregate again.
 */
final class Distinct extends Accumulator {
  private static final int GROUP = 0;

  private final Accumulator counted;
  private final Workspace workspace;
  private final int first;
  private final int last;
  private final GroupTable seen;
  private final Block fresh;
  private final ByteBlock memory;
  private final ColumnVector[] keys;
  private final ColumnVector[] arguments;
  private final RowSelection all = new RowSelection();

  private Distinct(
      StateLayout layout,
      Workspace workspace,
      Accumulator counted,
      GroupTable seen,
      Block fresh,
      ByteBlock memory) {
    this.counted = counted;
    this.workspace = workspace;
    this.seen = seen;
    this.fresh = fresh;
    this.memory = memory;
    first = layout.take(8);
    last = layout.take(8);
    keys = new ColumnVector[fresh.columnCount()];
    arguments = new ColumnVector[keys.length - 1];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = fresh.column(i);
      keys[i].setAllValid(fresh.rowCapacity());
      if (i != GROUP) {
        arguments[i - 1] = keys[i];
      }
    }
    addField("values", DataType.BINARY, false);
  }

  static Distinct of(
      StateLayout layout,
      Workspace workspace,
      Accumulator counted,
      List<DataType> argumentTypes,
      BufferAllocator allocator) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("group", DataType.BIGINT, false));
    for (DataType type : argumentTypes) {
      fields.add(new Field("argument " + fields.size(), type, false));
    }
    Schema schema = new Schema(fields);
    List<DataType> types = fields.stream().map(Field::type).toList();
    List<AutoCloseable> taken = new ArrayList<>();
    try {
      GroupTable seen = new GroupTable(allocator, types, 0);
      taken.add(seen);
      Block fresh = Block.allocate(allocator, schema, RowList.CAPACITY);
      taken.add(fresh);
      ByteBlock memory = new ByteBlock(allocator, 2 * 8 * RowList.CAPACITY);
      return new Distinct(layout, workspace, counted, seen, fresh, memory);
    } catch (RuntimeException | Error e) {
      AutoCloseables.close(e, taken);
      throw e;
    }
  }

  @Override
  boolean skipsNulls(int argument) {
    return true;
  }

  @Override
  void update(ColumnVector[] columns, RowList rows, long records) {
    int count = rows.count();
    long groups = keys[GROUP].data();
    long positions = elements();
    for (int i = 0; i < count; i++) {
      int row = rows.row(i);
      Memory.putInt(positions + 4L * i, row);
      Memory.putLong(groups + 8L * i, Memory.getLong(records + 8L * row));
    }
    for (int i = 0; i < arguments.length; i++) {
      Gather.positions(columns[i], positions, count, arguments[i], 0);
      arguments[i].setAllValid(count);
    }
    take(count);
  }

  private long elements() {
    return memory.address();
  }

  private long hashes() {
    return memory.address() + 8 * RowList.CAPACITY;
  }

  /** Takes the first rows of {@link #fresh}: those that are new reach the other aggregate. */
  private void take(int count) {
    KeyHash.start(hashes(), 0, count);
    for (ColumnVector key : keys) {
      KeyHash.add(key, 0, count, hashes());
    }
    try {
      seen.find(keys, all.set(0, count, RowSelection.ALL), hashes(), elements());
      showAdded();
    } catch (RuntimeException | Error e) {
      forgetAdded();
      throw e;
    }
    linkAdded();
  }

  /** Shows them as they are stored, one zero and one NaN, so that a restart changes nothing. */
  private void showAdded() {
    int count = seen.added();
    for (int i = 0; i < count; i++) {
      Memory.putLong(elements() + 8L * i, seen.addedRecord(i));
    }
    for (int i = 0; i < keys.length; i++) {
      seen.keys(elements(), count, i, keys[i], 0);
    }
    RowList rows = workspace.rows();
    rows.set(0, count, RowSelection.ALL);
    counted.update(arguments, rows, keys[GROUP].data());
  }

  private void forgetAdded() {
    for (int i = 0; i < seen.added(); i++) {
      seen.remove(seen.addedRecord(i));
    }
  }

  private void linkAdded() {
    for (int i = 0; i < seen.added(); i++) {
      long group = Memory.getLong(keys[GROUP].data() + 8L * i);
      long element = seen.addedRecord(i);
      if (Memory.getLong(group + first) == 0) {
        Memory.putLong(group + first, element);
      } else {
        GroupRecord.next(Memory.getLong(group + last), element);
      }
      Memory.putLong(group + last, element);
    }
  }

  @Override
  boolean isInRecord() {
    return false;
  }

  @Override
  void merge(long into, long from) {
    long element = Memory.getLong(from + first);
    while (element != 0) {
      int count = 0;
      for (; element != 0 && count < RowList.CAPACITY; element = GroupRecord.next(element)) {
        Memory.putLong(elements() + 8L * count++, element);
      }
      for (int i = 0; i < arguments.length; i++) {
        seen.keys(elements(), count, 1 + i, arguments[i], 0);
      }
      for (int i = 0; i < count; i++) {
        Memory.putLong(keys[GROUP].data() + 8L * i, into);
      }
      take(count);
    }
  }

  @Override
  void result(long records, int count, ColumnVector into, int at) {
    counted.result(records, count, into, at);
  }

  @Override
  void release(long record) {
    counted.release(record);
    long next;
    for (long element = Memory.getLong(record + first); element != 0; element = next) {
      next = GroupRecord.next(element);
      seen.remove(element);
    }
    Memory.putLong(record + first, 0);
    Memory.putLong(record + last, 0);
  }

  @Override
  void save(long records, int count, Block into, int firstColumn, int at) {
    ColumnVector column = into.column(firstColumn);
    Results.begin(column, at, count);
    if (at == 0) {
      column.offset(0, 0);
    }
    for (int i = 0; i < count; i++) {
      column.offset(at + i + 1, column.offset(at + i));
      long element = Memory.getLong(Memory.getLong(records + 8L * i) + first);
      for (; element != 0; element = GroupRecord.next(element)) {
        Memory.putLong(elements(), element);
        append(column, at + i);
      }
    }
  }

  /** Adds the first element's arguments to a row's bytes. */
  private void append(ColumnVector column, int row) {
    for (int i = 0; i < arguments.length; i++) {
      seen.keys(elements(), 1, 1 + i, arguments[i], 0);
      int end = column.offset(row + 1);
      int size = Encoding.size(arguments[i], 0);
      column.reserveData((long) end + size);
      Encoding.write(arguments[i], 0, column.data() + end);
      column.offset(row + 1, end + size);
    }
  }

  @Override
  void load(Block from, int firstColumn, int fromRow, int toRow, long records) {
    ColumnVector column = from.column(firstColumn);
    for (int row = fromRow; row < toRow; row++) {
      long record = Memory.getLong(records + 8L * (row - fromRow));
      release(record);
      long at = column.data() + column.offset(row);
      long end = column.data() + column.offset(row + 1);
      while (at < end) {
        int count = 0;
        for (; at < end && count < RowList.CAPACITY; count++) {
          Memory.putLong(keys[GROUP].data() + 8L * count, record);
          for (ColumnVector argument : arguments) {
            if (count == 0 && argument.type().isVariableWidth()) {
              argument.offset(0, 0);
            }
            Encoding.read(at, argument, count);
            at += Encoding.size(argument.type(), at);
          }
        }
        take(count);
      }
    }
  }

  @Override
  long memoryBytes() {
    return seen.memoryBytes() + fresh.memoryBytes() + memory.capacity() + counted.memoryBytes();
  }

  @Override
  void close() {
    seen.close();
    fresh.close();
    memory.close();
  }
}
