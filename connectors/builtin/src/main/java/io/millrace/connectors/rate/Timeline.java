package io.millrace.connectors.rate;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/**
 * A schedule that began at some time with some value. It stands in every range's detail, so that a
 * range gives the same rows again whatever the clock or the options say by then.
 */
record Timeline(long startUs, long firstValue, RateSchedule schedule) implements Timestamps {

  /** Values with a timestamp up to that time are those below the result. */
  long endValueAt(long nowUs) {
    return firstValue + schedule.valuesBy(nowUs - startUs);
  }

  @Override
  public void write(long value, int count, long address) {
    schedule.writeTimestamps(value - firstValue, count, startUs, address);
  }

  /** As text: four numbers. */
  String encode() {
    return startUs
        + " "
        + firstValue
        + " "
        + schedule.rowsPerSecond()
        + " "
        + schedule.rampUpSeconds();
  }

  /**
   * @throws MillraceException with code CHECKPOINT if the text is not what {@link #encode} gave
   */
  static Timeline decode(String text) {
    String[] parts = text.split(" ", -1);
    try {
      return new Timeline(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          new RateSchedule(Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "rate: the checkpoint has \"" + text + "\" where four numbers are expected",
          e);
    }
  }
}
