package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import java.util.Arrays;

/**
 * Sorts records by their first rows. Where these lie close together, as those of one window do,
 * each record goes to the place that its row has among all rows, and the places that are taken are
 * read in their order.
 */
final class FirstRowSort {
  /** So many rows for each that is a record's first one are close together. */
  private static final int CLOSE = 64;

  private static final int MOST_PLACES = 1 << 20;

  private final RecordSort anyRows = new RecordSort(GroupRecord::firstRow, record -> 0);
  private long[] places = new long[64];
  private long[] taken = new long[1];

  /** Sorts the records of a list from an index on; their first rows differ. */
  void sort(RecordList list, int from) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = from; i < list.size(); i++) {
      long row = GroupRecord.firstRow(list.get(i));
      least = Math.min(least, row);
      greatest = Math.max(greatest, row);
    }
    long span = greatest - least;
    int count = list.size() - from;
    if (span >= 0 && span < Math.min(MOST_PLACES, (long) CLOSE * count)) {
      place(list, from, least, (int) span + 1);
    } else {
      anyRows.sort(list, from, list.size());
    }
  }

  private void place(RecordList list, int from, long least, int rows) {
    int words = rows + 63 >> 6;
    if (taken.length < words) {
      taken = new long[2 * words];
      places = new long[64 * taken.length];
    }
    for (int i = from; i < list.size(); i++) {
      long record = list.get(i);
      int place = (int) (GroupRecord.firstRow(record) - least);
      places[place] = record;
      taken[place >> 6] |= 1L << place;
    }
    int at = from;
    for (int i = 0; i < words; i++) {
      for (long word = taken[i]; word != 0; word &= word - 1) {
        list.set(at++, places[i << 6 | Long.numberOfTrailingZeros(word)]);
      }
    }
    Arrays.fill(taken, 0, words, 0);
  }
}
