package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Where several inputs meet: passes all rows on, and the end once every input has ended. */
final class UnionStage implements Stage {
  private final Stage next;
  private int openInputs;

  UnionStage(int inputs, Stage next) {
    this.openInputs = inputs;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    next.process(block, rows);
  }

  @Override
  public void endOfInput() {
    if (--openInputs == 0) {
      next.endOfInput();
    }
  }

  @Override
  public void close() {}
}
