package io.millrace.state.table;

/** Records of groups, ascending by two keys of theirs; good until the batch is over. */
public final class OrderedRecords {
  /** A key of a record. */
  interface Key {
    long of(long record);
  }

  final RecordList list;
  final Key first;
  final Key second;
  private final RecordSort sort;

  /**
   * By the first key, and where that is equal by the second.
   *
   * @param list in that order already, or to be {@link #sorted}
   */
  OrderedRecords(RecordList list, Key first, Key second) {
    this.list = list;
    this.first = first;
    this.second = second;
    this.sort = new RecordSort(first, second);
  }

  /** Brings the list in order. */
  OrderedRecords sorted() {
    sort.sort(list, 0, list.size());
    return this;
  }

  /** How many there are. */
  public int size() {
    return list.size();
  }

  /** Shows them, so many at a time. */
  public void show(int atATime, RecordVisitor visitor) {
    list.show(0, atATime, visitor);
  }
}
