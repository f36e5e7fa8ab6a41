package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/** Adds doubles, row by row, so that the last digit never depends on how the input was cut. */
final class DoubleSum extends Accumulator {
  private final Workspace workspace;
  private final RecordCell sum;

  DoubleSum(StateLayout layout, Workspace workspace) {
    this.workspace = workspace;
    sum = keep("sum", layout.cell(DataType.DOUBLE));
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long values = workspace.doubles(arguments[0], rows);
    long list = rows.address();
    int base = rows.base();
    int count = rows.count();
    for (int i = 0; i < count; i++) {
      long at = 8L * (base + RowList.at(list, i));
      add(Memory.getLong(records + at), Memory.getDouble(values + at));
    }
  }

  private void add(long record, double value) {
    long address = record + sum.offset();
    if (sum.isValid(record)) {
      Memory.putDouble(address, Memory.getDouble(address) + value);
    } else {
      Memory.putDouble(address, value);
      sum.setValid(record);
    }
  }

  @Override
  void merge(long into, long from) {
    if (sum.isValid(from)) {
      add(into, Memory.getDouble(from + sum.offset()));
    }
  }
}
