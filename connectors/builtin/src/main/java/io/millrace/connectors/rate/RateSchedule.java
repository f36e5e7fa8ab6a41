package io.millrace.connectors.rate;

import io.millrace.vector.column.Memory;

/**
 * Which value comes when, in microseconds since the start. In every second values are spread
 * evenly; while ramping up each second has more than the one before, by the same step (Spark's
 * rule). A value is there exactly from its timestamp on.
 *
 * @param rowsPerSecond after the ramp-up, 1 to {@link #MAX_ROWS_PER_SECOND}
 * @param rampUpSeconds how long it takes to come to full speed
 */
record RateSchedule(long rowsPerSecond, long rampUpSeconds) {
  static final long MAX_ROWS_PER_SECOND = 1_000_000_000L;

  private static final long SECOND_US = 1_000_000L;

  /** How many values there are at that time: those with a timestamp up to it. */
  long valuesBy(long elapsedUs) {
    if (elapsedUs < 0) {
      return 0;
    }
    long second = elapsedUs / SECOND_US;
    long intoSecondUs = elapsedUs % SECOND_US;
    return valuesBefore(second) + Math.ceilDiv((intoSecondUs + 1) * valuesIn(second), SECOND_US);
  }

  /**
   * Writes timestamps of consecutive values.
   *
   * @param startUs what is added to each
   * @param address of the first, 8 bytes each
   */
  void writeTimestamps(long firstValue, int count, long startUs, long address) {
    long value = firstValue;
    long endValue = firstValue + count;
    while (value < endValue) {
      long second = secondOf(value);
      long before = valuesBefore(second);
      long perSecond = valuesIn(second);
      long secondUs = startUs + second * SECOND_US;
      long stop = Math.min(endValue, before + perSecond);
      for (; value < stop; value++) {
        long timestampUs = secondUs + (value - before) * SECOND_US / perSecond;
        Memory.putLong(address + (value - firstValue) * Long.BYTES, timestampUs);
      }
    }
  }

  private long stepPerSecond() {
    return rowsPerSecond / (rampUpSeconds + 1);
  }

  private long valuesIn(long second) {
    return second < rampUpSeconds ? stepPerSecond() * (second + 1) : rowsPerSecond;
  }

  private long valuesBefore(long second) {
    long ramp = Math.min(second, rampUpSeconds);
    return stepPerSecond() * (ramp * (ramp + 1) / 2) + (second - ramp) * rowsPerSecond;
  }

  private long secondOf(long value) {
    long rampValues = valuesBefore(rampUpSeconds);
    if (value >= rampValues) {
      return rampUpSeconds + (value - rampValues) / rowsPerSecond;
    }
    long low = 0;
    long high = rampUpSeconds - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (valuesBefore(middle) <= value) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
