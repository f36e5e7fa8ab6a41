package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import java.util.Arrays;

/**
 * Sorts records by their first rows. What is sorted is numbers, of which the row is the high half
 * and the record's place in the list the low one: the JDK has quick code for those.
 */
final class FirstRowSort {
  private static final long PLACE = 0xFFFFFFFFL;

  private final RecordSort anyRows = new RecordSort(GroupRecord::firstRow, record -> 0);
  private long[] keys = new long[64];
  private long[] records = new long[64];

  /** Sorts the records of a list from an index on; their first rows differ. */
  void sort(RecordList list, int from) {
    int count = list.size() - from;
    if (keys.length < count) {
      keys = new long[2 * count];
      records = new long[2 * count];
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long record = list.get(from + i);
      long row = GroupRecord.firstRow(record);
      records[i] = record;
      keys[i] = row;
      least = Math.min(least, row);
      greatest = Math.max(greatest, row);
    }
    if (greatest - least < 0 || greatest - least > Integer.MAX_VALUE) {
      anyRows.sort(list, from, list.size());
      return;
    }
    for (int i = 0; i < count; i++) {
      keys[i] = keys[i] - least << 32 | i;
    }
    Arrays.sort(keys, 0, count);
    for (int i = 0; i < count; i++) {
      list.set(from + i, records[(int) (keys[i] & PLACE)]);
    }
  }
}
