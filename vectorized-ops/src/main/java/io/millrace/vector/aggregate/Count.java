package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RowList;

/** How many rows, of which those with a null argument are left out. */
final class Count extends Accumulator {
  private final int count;

  Count(StateLayout layout) {
    count = keep("count", layout.number(DataType.BIGINT)).offset();
  }

  @Override
  boolean skipsNulls(int argument) {
    return true;
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long list = rows.address();
    int base = rows.base();
    int rowCount = rows.count();
    for (int i = 0; i < rowCount; i++) {
      int row = base + RowList.at(list, i);
      long address = Memory.getLong(records + 8L * row) + count;
      Memory.putLong(address, Memory.getLong(address) + 1);
    }
  }

  @Override
  void merge(long into, long from) {
    Memory.putLong(into + count, Memory.getLong(into + count) + Memory.getLong(from + count));
  }
}
