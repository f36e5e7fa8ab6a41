package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Where rows end that nobody wants. */
final class NoStage implements Stage {
  @Override
  public void process(Block block, RowSelection rows) {}

  @Override
  public void endOfBatch(long watermarkUs) {}

  @Override
  public void close() {}
}
