package io.millrace.gateway.faults;

/** What {@link FaultyQuery} makes of its input. */
enum QueryShape {
  /** Rows above a limit. */
  PLAIN,
  /** The same, into a folder per device. */
  PARTITIONED,
  /** Count and sum per device and window of event time, once the window is over. */
  GROUPED
}
