package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.FlagCell;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/** The first row's value, null or not. */
final class First extends Accumulator {
  private final RecordCell value;
  private final FlagCell seen;

  First(StateLayout layout, DataType type) {
    value = keep("first", layout.cell(type));
    seen = keep("seen", layout.flag());
  }

  @Override
  boolean skipsNulls(int argument) {
    return false;
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      long record = Memory.getLong(records + 8L * row);
      if (!seen.isSet(record)) {
        value.put(arguments[0], row, record);
        seen.set(record, true);
      }
    }
  }

  @Override
  void merge(long into, long from) {
    if (!seen.isSet(into) && seen.isSet(from)) {
      value.copy(from, into);
      seen.set(into, true);
    }
  }
}
