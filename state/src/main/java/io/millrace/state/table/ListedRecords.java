package io.millrace.state.table;

/** Records of a list, in order once they are sorted. */
final class ListedRecords extends OrderedRecords {
  private final RecordList list;
  private final RecordSort sort;
  private int next;

  ListedRecords(RecordList list, Key first, Key second) {
    super(first, second);
    this.list = list;
    this.sort = new RecordSort(first, second);
  }

  /** Brings the list in order and begins at its first record. */
  ListedRecords sorted() {
    sort.sort(list, 0, list.size());
    next = 0;
    return this;
  }

  @Override
  public int size() {
    return list.size();
  }

  @Override
  long next() {
    return next == list.size() ? 0 : list.get(next++);
  }
}
