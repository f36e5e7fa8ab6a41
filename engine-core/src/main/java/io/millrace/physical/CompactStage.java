package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * Gathers selected rows into a dense block when few of many are left, so that what follows computes
 * on those alone. Stands before expensive projections only.
 */
final class CompactStage implements Stage {
  private final RowAppender appender;
  private final Block dense;
  private final Stage next;
  private final RowSelection all = new RowSelection();

  CompactStage(RowAppender appender, Block dense, Stage next) {
    this.appender = appender;
    this.dense = dense;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    if (rows.mask() == RowSelection.ALL) {
      next.process(block, rows);
      return;
    }
    int from = rows.from();
    while (from < rows.to()) {
      dense.clear();
      from = appender.append(block, from, rows.to(), rows.mask(), dense);
      if (dense.rowCount() > 0) {
        next.process(dense, all.set(0, dense.rowCount(), RowSelection.ALL));
      }
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    dense.close();
    appender.close();
  }
}
