package io.millrace.connectors.rate;

/** The timestamp of each value. */
interface Timestamps {
  /**
   * Writes timestamps of consecutive values, microseconds UTC.
   *
   * @param address of the first, 8 bytes each
   */
  void write(long value, int count, long address);
}
