package io.millrace.runtime;

import io.millrace.ForeachWriter;
import io.millrace.spi.RowBatch;
import io.millrace.types.Row;
import io.millrace.vector.column.BlockReader;

/** Drives a {@link ForeachWriter}: open and close around each epoch. */
final class ForeachSink extends CallbackSink {
  private static final long PARTITION = 0;

  private final ForeachWriter<Row> writer;
  private boolean open;
  private boolean takesRows;

  ForeachSink(ForeachWriter<Row> writer) {
    super("foreach");
    this.writer = writer;
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    try {
      takesRows = writer.open(PARTITION, epoch);
      open = true;
      return true;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public void write(RowBatch rows) {
    if (!takesRows) {
      return;
    }
    try {
      for (int row = rows.from(); row < rows.to(); row++) {
        writer.process(BlockReader.row(rows.block(), row));
      }
    } catch (Throwable e) {
      end(e);
      throw failed(e);
    }
  }

  @Override
  public String commit(long epoch) {
    end(null);
    return "";
  }

  private void end(Throwable error) {
    if (!open) {
      return;
    }
    open = false;
    try {
      writer.close(error);
    } catch (Throwable e) {
      if (error == null) {
        throw failed(e);
      }
      error.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    end(new StoppedException());
  }
}
