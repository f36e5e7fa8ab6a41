package io.millrace.state.table;

import io.millrace.vector.column.Memory;

/**
 * Records of groups, ascending by two keys of theirs; good until the batch is over. They are walked
 * through once.
 */
public abstract sealed class OrderedRecords permits ListedRecords, ClosedRecords {
  /** A key of a record. */
  interface Key {
    long of(long record);
  }

  final Key first;
  final Key second;

  /** By the first key, and where that is equal by the second. */
  OrderedRecords(Key first, Key second) {
    this.first = first;
    this.second = second;
  }

  /** How many there are. */
  public abstract int size();

  /** The next record; 0 when there is none left. */
  abstract long next();

  /**
   * Shows them, so many at a time.
   *
   * @param cells room for the addresses of {@code atATime} records
   */
  final void show(long cells, int atATime, RecordVisitor visitor) {
    int count = 0;
    for (long record = next(); record != 0; record = next()) {
      Memory.putLong(cells + 8L * count++, record);
      if (count == atATime) {
        visitor.records(cells, count);
        count = 0;
      }
    }
    if (count > 0) {
      visitor.records(cells, count);
    }
  }
}
