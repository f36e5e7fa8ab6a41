package io.millrace.state.snapshot;

import io.millrace.vector.column.Block;

/**
 * Takes all rows of all operators as they are after an epoch. Belongs to the thread of its {@link
 * StateStore}. No call fails because of the snapshot: one that cannot be written is given up,
 * logged and counted, and the older ones stay.
 */
public interface SnapshotWriter extends AutoCloseable {
  /** Copies the rows; waits only while earlier ones fill the memory set aside for snapshots. */
  void write(int operator, Block rows);

  /** All rows were handed over; the rest is done in the background. */
  void finish();

  /** Gives the snapshot up if it was not finished. */
  @Override
  void close();
}
