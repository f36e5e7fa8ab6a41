package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * A step of a pipeline: takes rows and pushes what it makes of them into the next stage, on the
 * same thread. It is told everything and asks no clock; blocks are borrowed for the time of a call.
 */
public interface Stage extends AutoCloseable {
  /** Takes the selected rows of a block. */
  void process(Block block, RowSelection rows);

  /**
   * The rows so far are a batch, and event time has come to this watermark: operators with state
   * give out what follows from both, and then pass the call on. A bounded input is one batch.
   *
   * @param watermarkUs inclusive: what ends at or before it is over; {@link Long#MIN_VALUE} while
   *     there is none
   */
  void endOfBatch(long watermarkUs);

  /** Gives scratch memory back, of this stage alone; does nothing the second time. */
  @Override
  void close();
}
