package io.millrace.runtime;

import io.millrace.RowFunction;
import io.millrace.spi.RowBatch;
import io.millrace.spi.RowPosition;
import java.util.Optional;

/** Calls an application's function for each row; allocates nothing. */
final class RowFunctionSink extends CallbackSink {
  private final RowFunction function;
  private final Optional<RowPosition> resumeFrom;
  private final BlockRowView view = new BlockRowView();

  RowFunctionSink(RowFunction function) {
    super("foreachRow");
    this.function = function;
    this.resumeFrom = function.resumeFrom();
  }

  @Override
  public Delivery delivery() {
    return resumeFrom.isPresent() ? Delivery.RESUMABLE_BY_ROW : Delivery.AT_LEAST_ONCE;
  }

  @Override
  public RowPosition resumeFrom() {
    return resumeFrom.orElseThrow();
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
