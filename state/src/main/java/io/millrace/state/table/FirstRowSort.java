package io.millrace.state.table;

import io.millrace.vector.group.GroupRecord;
import java.util.Arrays;

/**
 * Links records in the order of their first rows. What is sorted is numbers, of which the row is
 * the high half and the record's place in the list the low one: the JDK has quick code for those.
 */
final class FirstRowSort {
  private static final long PLACE = 0xFFFFFFFFL;

  private final RecordSort anyRows = new RecordSort(GroupRecord::firstRow, record -> 0);
  private long[] keys = new long[64];

  /**
   * Leads from each record to the next one, and from the last one nowhere.
   *
   * @param records at least one, whose first rows differ; in any order, also afterwards
   * @return the first record
   */
  long chain(RecordList records) {
    int count = records.size();
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long row = GroupRecord.firstRow(records.get(i));
      least = Math.min(least, row);
      greatest = Math.max(greatest, row);
    }
    if (greatest - least < 0 || greatest - least > Integer.MAX_VALUE) {
      anyRows.sort(records, 0, count);
      return link(records, count);
    }
    if (keys.length < count) {
      keys = new long[2 * count];
    }
    for (int i = 0; i < count; i++) {
      keys[i] = GroupRecord.firstRow(records.get(i)) - least << 32 | i;
    }
    Arrays.sort(keys, 0, count);
    long after = 0;
    for (int i = count - 1; i >= 0; i--) {
      long record = records.get((int) (keys[i] & PLACE));
      GroupRecord.next(record, after);
      after = record;
    }
    return after;
  }

  private static long link(RecordList records, int count) {
    long after = 0;
    for (int i = count - 1; i >= 0; i--) {
      GroupRecord.next(records.get(i), after);
      after = records.get(i);
    }
    return after;
  }
}
