package io.millrace.runtime;

import io.millrace.RowFunction;
import io.millrace.spi.RowBatch;

/** Calls an application's function for each row; allocates nothing. */
final class RowFunctionSink extends CallbackSink {
  private final RowFunction function;
  private final BlockRowView view = new BlockRowView();

  RowFunctionSink(RowFunction function) {
    super("foreachRow");
    this.function = function;
  }

  @Override
  public void write(RowBatch rows) {
    try {
      for (int row = rows.from(); row < rows.to(); row++) {
        function.accept(view.set(rows, row));
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }
}
