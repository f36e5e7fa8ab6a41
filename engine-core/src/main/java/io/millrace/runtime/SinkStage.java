package io.millrace.runtime;

import io.millrace.physical.RowAppender;
import io.millrace.physical.Stage;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * The end of a pipeline without a ring: hands rows to the sink, in place when all are selected and
 * no column is put together from others, since sinks may want Arrow data.
 */
final class SinkStage implements Stage {
  private final RowAppender appender;
  private final Block dense;
  private final SinkDriver sink;
  private final boolean copies;

  /**
   * @param copies whether rows are copied though all are selected: Arrow's own row count stands in
   *     the vector, which other queries that read the same block would set at the same time
   */
  SinkStage(RowAppender appender, Block dense, SinkDriver sink, boolean copies) {
    this.appender = appender;
    this.dense = dense;
    this.sink = sink;
    this.copies = copies;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    if (rows.mask() == RowSelection.ALL && !copies && block.isArrow()) {
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
  public void endOfBatch(long watermarkUs) {}

  @Override
  public void close() {
    dense.close();
    appender.close();
  }
}
