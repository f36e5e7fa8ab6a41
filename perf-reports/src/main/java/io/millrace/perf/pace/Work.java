package io.millrace.perf.pace;

/** What a query does whose latency is measured, on every engine. */
public enum Work {
  /** L1: lets every second row through: device, timestamp, temperature. */
  FILTER,
  /**
   * L2: count and greatest temperature per device and second, given out once the second is over.
   */
  WINDOW,
  /**
   * L3: L1, then count and greatest temperature per device and second, with a checkpoint once a
   * second; each row gives a result.
   */
  AGGREGATE
}
