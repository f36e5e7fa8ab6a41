package io.millrace.connectors.rate;

import io.millrace.spi.InputRange;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/** Consecutive values, to exclusive; as offsets plain numbers. */
record ValueRange(long from, long to) {
  InputRange withDetail(String detail) {
    return new InputRange(Long.toString(from), Long.toString(to), detail);
  }

  /**
   * @throws MillraceException with code CHECKPOINT if the offsets are no numbers
   */
  static ValueRange of(InputRange range) {
    try {
      return new ValueRange(Long.parseLong(range.start()), Long.parseLong(range.end()));
    } catch (NumberFormatException e) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "rate: the checkpoint's offsets are "
              + range.start()
              + " and "
              + range.end()
              + ", they must be whole numbers",
          e);
    }
  }
}
