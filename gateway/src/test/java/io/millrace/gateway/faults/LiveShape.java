package io.millrace.gateway.faults;

/**
 * What {@link LiveQuery} gives its groups to, which are counted and summed by window and device.
 */
enum LiveShape {
  /** Files get each window once it is over. */
  FILES,
  /** A callback that keeps where it stands gets each group as often as it changes. */
  CALLBACK
}
