package io.millrace.runtime;

import io.millrace.physical.RowAppender;
import io.millrace.physical.Stage;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** The end of a pipeline without a ring: hands rows to the sink, in place when all are selected. */
final class SinkStage implements Stage {
  private final RowAppender appender;
  private final Block dense;
  private final SinkDriver sink;

  SinkStage(RowAppender appender, Block dense, SinkDriver sink) {
    this.appender = appender;
    this.dense = dense;
    this.sink = sink;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    if (rows.mask() == RowSelection.ALL) {
      sink.write(block, rows.from(), rows.to());
      return;
    }
    int from = rows.from();
    while (from < rows.to()) {
      dense.clear();
      from = appender.append(block, from, rows.to(), rows.mask(), dense);
      if (dense.rowCount() > 0) {
        sink.write(dense, 0, dense.rowCount());
      }
    }
  }

  @Override
  public void endOfInput() {}

  @Override
  public void close() {
    dense.close();
    appender.close();
  }
}
