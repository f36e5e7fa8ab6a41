package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * Where several inputs meet: passes all rows on, and the end of a batch once every input has come
 * to it.
 */
final class UnionStage implements Stage {
  private final Stage next;
  private final int inputs;
  private int openInputs;

  UnionStage(int inputs, Stage next) {
    this.inputs = inputs;
    this.openInputs = inputs;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    next.process(block, rows);
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    if (--openInputs == 0) {
      openInputs = inputs;
      next.endOfBatch(watermarkUs);
    }
  }

  @Override
  public void close() {}
}
