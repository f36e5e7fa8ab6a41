package io.millrace.state.offsets;

import java.util.Objects;

/**
 * The end of an epoch: its output is where it belongs.
 *
 * @param watermarkUs after the epoch; {@link #NO_WATERMARK} if there is none
 * @param sinkReceipt what the sink gave for the epoch; may be empty
 * @param planChecksum of the plan that the epoch ran under
 */
public record Commit(long epoch, long watermarkUs, String sinkReceipt, int planChecksum) {
  public static final long NO_WATERMARK = Long.MIN_VALUE;

  public Commit {
    Objects.requireNonNull(sinkReceipt, "a sink without a receipt gives an empty one");
  }
}
