package io.millrace.runtime;

import io.millrace.physical.RowAppender;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Copies of rows that may not leave the query before what they follow from is safe. */
final class HeldRows implements AutoCloseable {
  private final Pages pages;
  private final RowAppender appender;

  /**
   * @param pages owned from now on, as is {@code appender}
   */
  HeldRows(Pages pages, RowAppender appender) {
    this.pages = pages;
    this.appender = appender;
  }

  void add(Block block, int from, int to) {
    int at = from;
    while (at < to) {
      at = appender.append(block, at, to, RowSelection.ALL, pages.writable());
    }
  }

  Pages pages() {
    return pages;
  }

  @Override
  public void close() {
    pages.close();
    appender.close();
  }
}
