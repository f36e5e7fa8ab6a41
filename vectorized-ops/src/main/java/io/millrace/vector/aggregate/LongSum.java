package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.FlagCell;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/** Adds whole numbers in 64 bits; once it did not fit, the sum is null for ever. */
final class LongSum extends Accumulator {
  private final Workspace workspace;
  private final Overflow overflow;
  private final RecordCell sum;
  private final FlagCell overflowed;

  LongSum(StateLayout layout, Workspace workspace, Overflow overflow) {
    this.workspace = workspace;
    this.overflow = overflow;
    sum = keep("sum", layout.cell(DataType.BIGINT));
    overflowed = keep("overflowed", layout.flag());
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long words = workspace.words(arguments[0], rows);
    long list = rows.address();
    int base = rows.base();
    int count = rows.count();
    for (int i = 0; i < count; i++) {
      long at = 8L * (base + RowList.at(list, i));
      add(Memory.getLong(records + at), Memory.getLong(words + at));
    }
  }

  private void add(long record, long value) {
    long address = record + sum.offset();
    if (sum.isValid(record)) {
      long before = Memory.getLong(address);
      long after = before + value;
      if (((before ^ after) & (value ^ after)) >= 0) {
        Memory.putLong(address, after);
      } else {
        overflow(record);
      }
    } else if (!overflowed.isSet(record)) {
      Memory.putLong(address, value);
      sum.setValid(record);
    }
  }

  private void overflow(long record) {
    overflow.happened();
    sum.clear(record);
    overflowed.set(record, true);
  }

  @Override
  void merge(long into, long from) {
    if (overflowed.isSet(from)) {
      overflow(into);
    } else if (sum.isValid(from)) {
      add(into, Memory.getLong(from + sum.offset()));
    }
  }
}
