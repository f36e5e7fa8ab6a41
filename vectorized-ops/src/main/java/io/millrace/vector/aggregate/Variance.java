package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RowList;

/**
 * Mean squared distance from the mean, or its root, by Welford's algorithm (B. P. Welford, Note on
 * a Method for Calculating Corrected Sums of Squares and Products, Technometrics 4(3), 1962):
 * values that are large beside their spread lose no digits, as they would in a sum of squares. Two
 * groups meet by the formula of Chan, Golub and LeVeque (1979). A sample of one value has no
 * variance: null.
 */
final class Variance extends Accumulator {
  private final Workspace workspace;
  private final int lostDegrees;
  private final boolean root;
  private final int count;
  private final int mean;
  private final int squares;

  /**
   * @param lostDegrees what is taken from the count to divide by: 1 for a sample, 0 for all values
   * @param root whether the standard deviation is asked for
   */
  Variance(StateLayout layout, Workspace workspace, int lostDegrees, boolean root) {
    this.workspace = workspace;
    this.lostDegrees = lostDegrees;
    this.root = root;
    count = keep("count", layout.number(DataType.BIGINT)).offset();
    mean = keep("mean", layout.number(DataType.DOUBLE)).offset();
    squares = keep("squares", layout.number(DataType.DOUBLE)).offset();
  }

  @Override
  void update(ColumnVector[] arguments, RowList rows, long records) {
    long values = workspace.doubles(arguments[0], rows);
    for (int i = 0; i < rows.count(); i++) {
      long at = 8L * rows.row(i);
      add(Memory.getLong(records + at), Memory.getDouble(values + at));
    }
  }

  private void add(long record, double value) {
    long values = Memory.getLong(record + count) + 1;
    double distance = value - Memory.getDouble(record + mean);
    double step = distance / values;
    Memory.putLong(record + count, values);
    Memory.putDouble(record + mean, Memory.getDouble(record + mean) + step);
    // In this order the last digit is Spark's, too.
    double more = distance * (distance - step);
    Memory.putDouble(record + squares, Memory.getDouble(record + squares) + more);
  }

  @Override
  void merge(long into, long from) {
    long mine = Memory.getLong(into + count);
    long others = Memory.getLong(from + count);
    if (others == 0) {
      return;
    }
    double mineMean = mine == 0 ? Memory.getDouble(from + mean) : Memory.getDouble(into + mean);
    double distance = Memory.getDouble(from + mean) - mineMean;
    double step = distance / (mine + others);
    double more = Memory.getDouble(from + squares) + distance * step * mine * others;
    Memory.putLong(into + count, mine + others);
    Memory.putDouble(into + mean, mineMean + step * others);
    Memory.putDouble(into + squares, Memory.getDouble(into + squares) + more);
  }

  @Override
  void result(long records, int groups, ColumnVector into, int at) {
    Results.begin(into, at, groups);
    for (int i = 0; i < groups; i++) {
      long record = Memory.getLong(records + 8L * i);
      long degrees = Memory.getLong(record + count) - lostDegrees;
      if (Memory.getLong(record + count) == 0 || degrees <= 0) {
        into.setNull(at + i);
      } else {
        double variance = Memory.getDouble(record + squares) / degrees;
        Memory.putDouble(into.data() + 8L * (at + i), root ? Math.sqrt(variance) : variance);
      }
    }
  }
}
