package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RowList;

/** All values in the order of their rows, encoded one behind the other. */
final class CollectList extends Accumulator {
  private final DataType type;
  private final ByteList list;

  CollectList(StateLayout layout, DataType type) {
    this.type = type;
    list = new ByteList(layout.take(ByteList.CELL_BYTES), layout.arena());
    addField("values", DataType.BINARY, false);
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      list.append(Memory.getLong(records + 8L * row), arguments[0], row);
    }
  }

  @Override
  boolean isInRecord() {
    return false;
  }

  @Override
  void merge(long into, long from) {
    append(into, list.address(from), list.length(from), list.count(from));
  }

  private void append(long record, long bytes, int length, int count) {
    if (length > 0) {
      long to = list.append(record, length, count);
      Memory.copy(bytes, to, length);
    }
  }

  /** An ARRAY per group, empty without a value. */
  @Override
  void result(long records, int count, ColumnVector into, int at) {
    Results.begin(into, at, count);
    ColumnVector elements = into.child(0);
    if (at == 0) {
      into.offset(0, 0);
      elements.mayHaveNulls(false);
      if (type.isVariableWidth()) {
        elements.offset(0, 0);
      }
    }
    long end = into.offset(at);
    for (int i = 0; i < count; i++) {
      end += list.count(Memory.getLong(records + 8L * i));
    }
    into.reserveElements(end);
    for (int i = 0; i < count; i++) {
      long record = Memory.getLong(records + 8L * i);
      int start = into.offset(at + i);
      into.offset(at + i + 1, start + list.count(record));
      emit(record, elements, start);
    }
  }

  private void emit(long record, ColumnVector elements, int start) {
    int width = ColumnVector.width(type);
    if (width > 0) {
      Bitmap.setBits(elements.validity(), start, list.count(record));
      Memory.copy(
          list.address(record), elements.data() + (long) start * width, list.length(record));
      return;
    }
    long at = list.address(record);
    for (int i = 0; i < list.count(record); i++) {
      Encoding.read(at, elements, start + i);
      at += Encoding.size(type, at);
    }
  }

  @Override
  void release(long record) {
    list.clear(record);
  }

  @Override
  void save(long records, int count, Block into, int firstColumn, int at) {
    ColumnVector column = into.column(firstColumn);
    Results.begin(column, at, count);
    if (at == 0) {
      column.offset(0, 0);
    }
    for (int i = 0; i < count; i++) {
      long record = Memory.getLong(records + 8L * i);
      int start = column.offset(at + i);
      int length = list.length(record);
      column.reserveData((long) start + length);
      Memory.copyShort(list.address(record), column.data() + start, length);
      column.offset(at + i + 1, start + length);
    }
  }

  @Override
  void load(Block from, int firstColumn, int fromRow, int toRow, long records) {
    ColumnVector column = from.column(firstColumn);
    for (int row = fromRow; row < toRow; row++) {
      long record = Memory.getLong(records + 8L * (row - fromRow));
      long bytes = column.data() + column.offset(row);
      int length = column.length(row);
      int count = 0;
      for (int at = 0; at < length; count++) {
        at += Encoding.size(type, bytes + at);
      }
      list.clear(record);
      append(record, bytes, length, count);
    }
  }
}
