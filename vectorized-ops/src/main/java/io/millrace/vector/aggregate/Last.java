package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.FlagCell;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/**
 * The last row's value, null or not. A list of rows is gone through from its end, so that each
 * group's value is written once; the mark that it was is taken away again.
 */
final class Last extends Accumulator {
  private final RecordCell value;
  private final FlagCell seen;
  private final FlagCell done;

  Last(StateLayout layout, DataType type) {
    value = keep("last", layout.cell(type));
    seen = keep("seen", layout.flag());
    done = layout.flag();
  }

  @Override
  boolean skipsNulls(int argument) {
    return false;
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    int count = rows.count();
    try {
      for (int i = count - 1; i >= 0; i--) {
        int row = rows.row(i);
        long record = Memory.getLong(records + 8L * row);
        if (!done.isSet(record)) {
          value.put(arguments[0], row, record);
          seen.set(record, true);
          done.set(record, true);
        }
      }
    } finally {
      for (int i = 0; i < count; i++) {
        done.set(Memory.getLong(records + 8L * rows.row(i)), false);
      }
    }
  }

  @Override
  void merge(long into, long from) {
    if (seen.isSet(from)) {
      value.copy(from, into);
      seen.set(into, true);
    }
  }
}
