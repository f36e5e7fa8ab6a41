package io.millrace.state.offsets;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of an epoch: its output is where it belongs.
 *
 * @param watermarkUs after the epoch; {@link #NO_WATERMARK} if there is none
 * @param sinkReceipt what the sink gave for the epoch; may be empty
 * @param planChecksum of the plan that the epoch ran under
 * @param stateSequence where the epoch's changes end in the journal of the state; {@link #NO_STATE}
 *     if the query has none
 * @param inputTimes per watermarked input the latest event time and the arrival time of its last
 *     rows, microseconds, one after the other; empty without any
 * @param ingested where the epoch ends in the ingest journal; empty if the query has none
 */
public record Commit(
    long epoch,
    long watermarkUs,
    String sinkReceipt,
    int planChecksum,
    long stateSequence,
    List<Long> inputTimes,
    Optional<Ingested> ingested) {
  public static final long NO_WATERMARK = Long.MIN_VALUE;
  public static final long NO_STATE = -1;

  public Commit {
    Objects.requireNonNull(sinkReceipt, "a sink without a receipt gives an empty one");
    inputTimes = List.copyOf(inputTimes);
  }

  /** Of a query without ingest journal. */
  public Commit(
      long epoch,
      long watermarkUs,
      String sinkReceipt,
      int planChecksum,
      long stateSequence,
      List<Long> inputTimes) {
    this(
        epoch, watermarkUs, sinkReceipt, planChecksum, stateSequence, inputTimes, Optional.empty());
  }

  /** Of a query without event time. */
  public Commit(
      long epoch, long watermarkUs, String sinkReceipt, int planChecksum, long stateSequence) {
    this(epoch, watermarkUs, sinkReceipt, planChecksum, stateSequence, List.of());
  }

  /** Of a query without event time and state. */
  public Commit(long epoch, long watermarkUs, String sinkReceipt, int planChecksum) {
    this(epoch, watermarkUs, sinkReceipt, planChecksum, NO_STATE);
  }
}
