package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RowList;

/** The sum of doubles, added row by row, divided by their count; null without a value. */
final class DoubleAverage extends Accumulator {
  private final Workspace workspace;
  private final int sum;
  private final int count;

  DoubleAverage(StateLayout layout, Workspace workspace) {
    this.workspace = workspace;
    sum = keep("sum", layout.number(DataType.DOUBLE)).offset();
    count = keep("count", layout.number(DataType.BIGINT)).offset();
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long values = workspace.doubles(arguments[0], rows);
    long list = rows.address();
    int base = rows.base();
    int rowCount = rows.count();
    for (int i = 0; i < rowCount; i++) {
      long at = 8L * (base + RowList.at(list, i));
      add(Memory.getLong(records + at), Memory.getDouble(values + at), 1);
    }
  }

  private void add(long record, double value, long values) {
    Memory.putDouble(record + sum, Memory.getDouble(record + sum) + value);
    Memory.putLong(record + count, Memory.getLong(record + count) + values);
  }

  @Override
  void merge(long into, long from) {
    add(into, Memory.getDouble(from + sum), Memory.getLong(from + count));
  }

  @Override
  void result(long records, int groups, ColumnVector into, int at) {
    Results.begin(into, at, groups);
    for (int i = 0; i < groups; i++) {
      long record = Memory.getLong(records + 8L * i);
      long values = Memory.getLong(record + count);
      if (values == 0) {
        into.setNull(at + i);
      } else {
        Memory.putDouble(into.data() + 8L * (at + i), Memory.getDouble(record + sum) / values);
      }
    }
  }
}
