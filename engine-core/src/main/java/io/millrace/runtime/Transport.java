package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;
import java.util.List;
import java.util.Map;

/**
 * The way from the sequencer through the pipelines to the sink: on one thread, or over a ring. The
 * answers are the same. All calls come from the sequencer's thread; each throws what failed further
 * down.
 */
interface Transport extends AutoCloseable {
  /**
   * Begins an epoch at the sink; a sink that has committed it already drops what follows.
   *
   * @param planChecksum {@link io.millrace.spi.Sink#UNPLANNED} if the plan comes at the end
   */
  void beginEpoch(long epoch, int planChecksum);

  /**
   * Processing time of what is sent from now on, where an epoch takes in more than one batch of
   * arrivals.
   *
   * @param arrivedNs in the clock's nanoseconds, from when on latency counts
   */
  void arrivedAt(long arrivalTimeUs, long arrivedNs);

  /** An empty chunk for the source to fill. */
  Chunk chunk(SourceDriver source);

  /** Hands the chunk on that {@link #chunk} gave last. */
  void send(SourceDriver source);

  /** Hands rows on that a source lends; they are used or copied before this returns. */
  void send(SourceDriver source, RowBatch rows);

  /** Hands on what a live source rejected; it is used or copied before this returns. */
  void sendRejects(SourceDriver source, RowBatch rejects);

  /**
   * What was sent since the last call is a batch: event time moves on, and operators with state
   * give out what follows. All input of a bounded query is one batch.
   */
  void endBatch();

  /** What was sent so far is safe: rows that follow from it and were kept back reach the sink. */
  void release();

  /**
   * Whether epochs may end by {@link #markEpoch}: nothing is handed over to other threads, and the
   * sink commits without the disk.
   */
  boolean canMark();

  /**
   * Ends an epoch without waiting for its state to be safe: at the sink at once; what changed in
   * the state waits in {@link #operators} to be written down.
   */
  EpochResult markEpoch();

  /** Whether a batch without rows, arrived now, would close a group; asks the time if it must. */
  boolean hasClosing(Clock clock);

  /** The operators that keep state; to be looked at between epochs only. */
  OperatorStates operators();

  /** Goes on with the event time of an earlier run, before the first epoch. */
  void restore(long watermarkUs, List<WatermarkClock.Progress> inputs);

  /**
   * Waits until all that was sent has reached the sink, makes the state safe, commits at the sink,
   * and says what happened.
   */
  EpochResult endEpoch();

  /** The plan of the epoch at hand, which began without one, is safe now. */
  void planned(int planChecksum);

  /** How full it has been since the last call; empty if it holds nothing. */
  default Map<String, String> metrics() {
    return Map.of();
  }

  @Override
  void close();
}
