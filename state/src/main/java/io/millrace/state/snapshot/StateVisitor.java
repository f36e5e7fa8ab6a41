package io.millrace.state.snapshot;

import io.millrace.vector.column.Block;

/** Takes saved rows in the order in which they were saved. Blocks are good until it returns. */
public interface StateVisitor {
  /** Rows that come in the place of those with the same keys, or are new. */
  void upsert(int operator, Block rows);

  /**
   * Rows that go.
   *
   * @param keys the key columns alone
   */
  void remove(int operator, Block keys);
}
