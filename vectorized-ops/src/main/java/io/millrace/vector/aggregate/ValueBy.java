package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/**
 * The first argument's value, null or not, in the row whose second one is least or greatest; rows
 * in which that is null are left out. Of rows that are equal in it the last one counts, as in
 * Spark.
 */
final class ValueBy extends Accumulator {
  private final RecordCell value;
  private final RecordCell best;
  private final int sign;

  ValueBy(StateLayout layout, DataType type, DataType orderingType, boolean greatest) {
    sign = greatest ? -1 : 1;
    value = keep("value", layout.cell(type));
    best = keep(greatest ? "max" : "min", layout.cell(orderingType));
  }

  @Override
  boolean skipsNulls(int argument) {
    return argument == 1;
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    ColumnVector ordering = arguments[1];
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      long record = Memory.getLong(records + 8L * row);
      if (!best.isValid(record) || sign * best.compare(ordering, row, record) <= 0) {
        value.put(arguments[0], row, record);
        best.put(ordering, row, record);
      }
    }
  }

  @Override
  void merge(long into, long from) {
    if (best.isValid(from) && (!best.isValid(into) || sign * best.compare(from, into) <= 0)) {
      value.copy(from, into);
      best.copy(from, into);
    }
  }
}
