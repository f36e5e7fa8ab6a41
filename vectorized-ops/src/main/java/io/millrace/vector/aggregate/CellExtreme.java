package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;

/** The least or greatest of values wider than a word: decimals, texts, bytes. */
final class CellExtreme extends Accumulator {
  private final RecordCell best;
  private final int sign;

  CellExtreme(StateLayout layout, DataType type, boolean greatest) {
    sign = greatest ? -1 : 1;
    best = keep(greatest ? "max" : "min", layout.cell(type));
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    ColumnVector column = arguments[0];
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      long record = Memory.getLong(records + 8L * row);
      if (!best.isValid(record) || sign * best.compare(column, row, record) < 0) {
        best.put(column, row, record);
      }
    }
  }

  @Override
  void merge(long into, long from) {
    if (best.isValid(from) && (!best.isValid(into) || sign * best.compare(from, into) < 0)) {
      best.copy(from, into);
    }
  }
}
