package io.millrace.state.ingest;

import io.millrace.vector.column.Block;

/** Is shown what a query took in, in the order in which it did. */
public interface IngestVisitor {
  /**
   * A batch begins: what follows is its input, which may be none.
   *
   * @param sequence of its first record
   * @param arrivalTimeUs processing time of its rows
   */
  void batch(long sequence, long epoch, long arrivalTimeUs);

  /**
   * Rows of a live input.
   *
   * @param producer who sent them; empty if the sender has no name
   * @param firstSequence the sender's number of the first row
   * @param rows dense, good until this returns
   */
  void rows(int input, String producer, long firstSequence, Block rows);

  /** A range of a replayable input, in a form of its source's own. */
  void range(int input, String range);
}
