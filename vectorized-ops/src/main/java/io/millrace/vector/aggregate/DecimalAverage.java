package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The exact sum of decimals divided by their count, rounded half up to the result's scale; null
 * without a value.
 */
final class DecimalAverage extends Accumulator {
  private final Overflow overflow;
  private final DataType.Decimal type;
  private final int argumentScale;

  /** From the sum's scale to the result's; 0 if 64 bits do not hold it. */
  private final long factor;

  private final RecordCell sum;
  private final RecordCell count;

  DecimalAverage(
      StateLayout layout, DataType.Decimal argument, DataType.Decimal type, Overflow overflow) {
    this.overflow = overflow;
    this.type = type;
    argumentScale = argument.scale();
    int digits = type.scale() - argumentScale;
    factor = digits >= 0 && digits <= 18 ? (long) Math.pow(10, digits) : 0;
    sum =
        keep(
            "sum",
            layout.cell(new DataType.Decimal(DataType.Decimal.MAX_PRECISION, argumentScale)));
    count = keep("count", layout.number(DataType.BIGINT));
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long values = arguments[0].data();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      add(Memory.getLong(records + 8L * row), values + 16L * row, 1);
    }
  }

  /** A sum that 128 bits do not hold is null though there are values, and stays so. */
  private void add(long record, long value, long values) {
    long address = record + sum.offset();
    if (sum.isValid(record)) {
      if (!Int128.add(address, value)) {
        overflow.happened();
        sum.clear(record);
      }
    } else if (count(record) == 0) {
      Int128.copy(value, address);
      sum.setValid(record);
    }
    Memory.putLong(record + count.offset(), count(record) + values);
  }

  private long count(long record) {
    return Memory.getLong(record + count.offset());
  }

  @Override
  void merge(long into, long from) {
    if (sum.isValid(from)) {
      add(into, from + sum.offset(), count(from));
    } else if (count(from) > 0) {
      sum.clear(into);
      Memory.putLong(into + count.offset(), count(into) + count(from));
    }
  }

  @Override
  void result(long records, int groups, ColumnVector into, int at) {
    Results.begin(into, at, groups);
    for (int i = 0; i < groups; i++) {
      long record = Memory.getLong(records + 8L * i);
      if (!sum.isValid(record) || !divide(record, into.data() + 16L * (at + i))) {
        into.setNull(at + i);
      }
    }
  }

  /** Writes the quotient, unless it does not fit. */
  private boolean divide(long record, long result) {
    long total = record + sum.offset();
    long low = Memory.getLong(total);
    boolean isNarrow =
        Int128.isLong(total)
            && type.precision() > 18
            && factor != 0
            && Math.multiplyHigh(low, factor) == low * factor >> 63;
    if (isNarrow) {
      long quotient = roundHalfUp(low * factor, count(record));
      Memory.putLong(result, quotient);
      Memory.putLong(result + 8, quotient >> 63);
      return true;
    }
    BigDecimal quotient =
        Cell.getDecimal(total, argumentScale)
            .divide(BigDecimal.valueOf(count(record)), type.scale(), RoundingMode.HALF_UP);
    if (quotient.precision() > type.precision()) {
      overflow.happened();
      return false;
    }
    Cell.putDecimal(result, quotient, type.scale());
    return true;
  }

  private static long roundHalfUp(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long rest = Math.abs(dividend % divisor);
    return rest >= divisor - rest ? quotient + (dividend < 0 ? -1 : 1) : quotient;
  }
}
