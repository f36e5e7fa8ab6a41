package io.millrace.state.table;

/**
 * Sorts a {@link RecordList} by two keys of its records, ascending, in place: quicksort with the
 * middle as pivot, insertion sort below a dozen. Lists that are sorted already are only looked at.
 */
final class RecordSort {
  private static final int SMALL = 12;

  private final OrderedRecords.Key first;
  private final OrderedRecords.Key second;

  /** By the first key, and where that is equal by the second. */
  RecordSort(OrderedRecords.Key first, OrderedRecords.Key second) {
    this.first = first;
    this.second = second;
  }

  void sort(RecordList list, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (isBefore(list.get(i), list.get(i - 1))) {
        quick(list, from, to - 1);
        return;
      }
    }
  }

  private void quick(RecordList list, int from, int last) {
    int low = from;
    int high = last;
    while (high - low >= SMALL) {
      int split = partition(list, low, high);
      if (split - low < high - split) {
        quick(list, low, split);
        low = split + 1;
      } else {
        quick(list, split + 1, high);
        high = split;
      }
    }
    insertion(list, low, high);
  }

  private int partition(RecordList list, int low, int high) {
    long pivot = list.get(low + high >>> 1);
    long pivotFirst = first.of(pivot);
    long pivotSecond = second.of(pivot);
    int i = low - 1;
    int j = high + 1;
    while (true) {
      do {
        i++;
      } while (compare(list.get(i), pivotFirst, pivotSecond) < 0);
      do {
        j--;
      } while (compare(list.get(j), pivotFirst, pivotSecond) > 0);
      if (i >= j) {
        return j;
      }
      long swapped = list.get(i);
      list.set(i, list.get(j));
      list.set(j, swapped);
    }
  }

  private void insertion(RecordList list, int low, int high) {
    for (int i = low + 1; i <= high; i++) {
      long record = list.get(i);
      int at = i;
      while (at > low && isBefore(record, list.get(at - 1))) {
        list.set(at, list.get(at - 1));
        at--;
      }
      list.set(at, record);
    }
  }

  private boolean isBefore(long left, long right) {
    return compare(left, first.of(right), second.of(right)) < 0;
  }

  private int compare(long record, long otherFirst, long otherSecond) {
    int order = Long.compare(first.of(record), otherFirst);
    return order != 0 ? order : Long.compare(second.of(record), otherSecond);
  }
}
