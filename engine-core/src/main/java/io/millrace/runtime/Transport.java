package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.RowBatch;

/**
 * The way from the sequencer through the pipelines to the sink: on one thread, or over a ring. The
 * answers are the same. All calls come from the sequencer's thread; each throws what failed further
 * down.
 */
interface Transport extends AutoCloseable {
  /** Begins an epoch at the sink; a sink that has committed it already drops what follows. */
  void beginEpoch(long epoch, int planChecksum, long arrivalTimeUs);

  /**
   * Processing time of what is sent from now on, where an epoch takes in more than one batch of
   * arrivals.
   */
  void arrivedAt(long arrivalTimeUs);

  /** An empty chunk for the source to fill. */
  Chunk chunk(SourceDriver source);

  /** Hands the chunk on that {@link #chunk} gave last. */
  void send(SourceDriver source);

  /** Hands rows on that a source lends; they are used or copied before this returns. */
  void send(SourceDriver source, RowBatch rows);

  /** Tells the pipelines that bounded inputs have ended. */
  void endOfInput();

  /** Waits until all that was sent has reached the sink, commits there, and says what happened. */
  EpochResult endEpoch();

  @Override
  void close();
}
