package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.FlagCell;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/**
 * Adds decimals exactly in 128 bits, so that only the sum, not the way to it, must fit its type. If
 * even 128 bits do not hold it, it is null for ever.
 */
final class DecimalSum extends Accumulator {
  private final Overflow overflow;
  private final Int128.Limit limit;
  private final RecordCell sum;
  private final FlagCell overflowed;

  /**
   * @param type of the sum, with the argument's scale
   */
  DecimalSum(StateLayout layout, DataType.Decimal type, Overflow overflow) {
    this.overflow = overflow;
    limit = Int128.Limit.of(type);
    sum =
        keep(
            "sum", layout.cell(new DataType.Decimal(DataType.Decimal.MAX_PRECISION, type.scale())));
    overflowed = keep("overflowed", layout.flag());
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long values = arguments[0].data();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      add(Memory.getLong(records + 8L * row), values + 16L * row);
    }
  }

  private void add(long record, long value) {
    long address = record + sum.offset();
    if (sum.isValid(record)) {
      if (!Int128.add(address, value)) {
        overflow(record);
      }
    } else if (!overflowed.isSet(record)) {
      Int128.copy(value, address);
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
      add(into, from + sum.offset());
    }
  }

  @Override
  void result(long records, int count, ColumnVector into, int at) {
    super.result(records, count, into, at);
    for (int i = 0; i < count; i++) {
      if (limit.isReached(Memory.getLong(records + 8L * i) + sum.offset())) {
        overflow.happened();
        into.setNull(at + i);
      }
    }
  }
}
