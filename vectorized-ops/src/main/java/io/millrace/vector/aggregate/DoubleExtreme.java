package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;
import io.millrace.vector.group.Words;

/**
 * The least or greatest of FLOATs or DOUBLEs: NaN is the greatest, of two zeros the first stays.
 */
final class DoubleExtreme extends Accumulator {
  private final Workspace workspace;
  private final RecordCell best;

  /** Inverting all bits turns the order round: one loop finds the least and the greatest. */
  private final long inversion;

  DoubleExtreme(StateLayout layout, Workspace workspace, DataType type, boolean greatest) {
    this.workspace = workspace;
    this.inversion = greatest ? -1 : 0;
    best = keep(greatest ? "max" : "min", layout.cell(type));
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

  /** Stores what is known again rather than jump: of a group's first values, each may be better. */
  private void add(long record, long bits) {
    long address = record + best.offset();
    long known = Memory.getLong(address);
    boolean isBetter =
        (Words.order(bits) ^ inversion) < (Words.order(known) ^ inversion) | !best.isValid(record);
    Memory.putLong(address, isBetter ? bits : known);
    best.setValid(record);
  }

  @Override
  void merge(long into, long from) {
    if (best.isValid(from)) {
      add(into, Memory.getLong(from + best.offset()));
    }
  }
}
