package io.millrace.runtime;

import io.millrace.StreamingQueryProgress.Latency;

/**
 * What an epoch did.
 *
 * @param recordsRead records taken from each source, rejected ones among them
 * @param rejected records of each source that became no row or a row of nulls
 * @param rowsWritten rows given to the sink
 * @param latency from arrival to the sink; null if no row was written
 * @param receipt the sink's
 * @param state event time, and what stateful operators did
 */
record EpochResult(
    long[] recordsRead,
    long[] rejected,
    long rowsWritten,
    Latency latency,
    String receipt,
    StateReport state) {
  long totalRead() {
    long total = 0;
    for (long records : recordsRead) {
      total += records;
    }
    return total;
  }
}
