package io.millrace.connectors.rate;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Memory;

/** Timestamps that go on by one step with every {@code rowsPerBatch} values. */
record BatchSteps(long rowsPerBatch, long startMs, long advanceMs) implements Timestamps {
  @Override
  public void write(long value, int count, long address) {
    for (int i = 0; i < count; i++) {
      long timestampMs = startMs + (value + i) / rowsPerBatch * advanceMs;
      Memory.putLong(address + (long) Long.BYTES * i, timestampMs * 1_000);
    }
  }

  /** As text: three numbers. */
  String encode() {
    return rowsPerBatch + " " + startMs + " " + advanceMs;
  }

  /**
   * @throws MillraceException with code CHECKPOINT if the text is not what {@link #encode} gave
   */
  static BatchSteps decode(String text) {
    String[] parts = text.split(" ", -1);
    try {
      return new BatchSteps(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "rate-micro-batch: the checkpoint has \"" + text + "\" where three numbers are expected",
          e);
    }
  }
}
