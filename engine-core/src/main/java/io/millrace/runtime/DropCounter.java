package io.millrace.runtime;

import java.util.concurrent.atomic.LongAdder;

/** Counts rows that an inlet had no room for. */
final class DropCounter {
  private final LongAdder rows = new LongAdder();

  void add(long count) {
    rows.add(count);
  }

  long count() {
    return rows.sum();
  }
}
