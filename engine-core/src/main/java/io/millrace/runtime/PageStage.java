package io.millrace.runtime;

import io.millrace.physical.RowAppender;
import io.millrace.physical.Stage;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * The end of a pipeline before a ring: writes selected rows densely into the pages of the slot at
 * hand.
 */
final class PageStage implements Stage {
  private final RowAppender appender;
  private Pages pages;

  PageStage(RowAppender appender) {
    this.appender = appender;
  }

  void into(Pages target) {
    pages = target;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    int from = rows.from();
    while (from < rows.to()) {
      from = appender.append(block, from, rows.to(), rows.mask(), pages.writable());
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {}

  @Override
  public void close() {
    appender.close();
  }
}
