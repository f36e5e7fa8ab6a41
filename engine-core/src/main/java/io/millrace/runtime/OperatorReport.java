package io.millrace.runtime;

/**
 * What one stateful operator did in an epoch.
 *
 * @param name as Spark calls the operator
 * @param rowsTotal it keeps now
 * @param updated groups that rows fell into
 * @param removed groups that were over
 * @param late rows that were dropped because their group was over
 * @param memoryBytes off-heap
 * @param commitNs writing its changes down
 * @param parts on how many threads
 */
record OperatorReport(
    String name,
    long rowsTotal,
    long updated,
    long removed,
    long late,
    long memoryBytes,
    long commitNs,
    int parts) {
  /** What it keeps, and nothing that it did. */
  OperatorReport withoutEpoch() {
    return new OperatorReport(name, rowsTotal, 0, 0, 0, memoryBytes, 0, parts);
  }
}
