package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Passes the first rows of each batch on and drops the rest. */
final class LimitStage implements Stage {
  private final RowAppender appender;
  private final Block dense;
  private final Stage next;
  private final RowSelection first = new RowSelection();
  private final long rows;
  private long left;

  LimitStage(long rows, RowAppender appender, Block dense, Stage next) {
    this.rows = rows;
    this.left = rows;
    this.appender = appender;
    this.dense = dense;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    int from = rows.from();
    while (from < rows.to() && left > 0) {
      dense.clear();
      from = appender.append(block, from, rows.to(), rows.mask(), dense);
      int count = (int) Math.min(left, dense.rowCount());
      left -= count;
      if (count > 0) {
        next.process(dense, first.set(0, count, RowSelection.ALL));
      }
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    left = rows;
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    dense.close();
    appender.close();
  }
}
