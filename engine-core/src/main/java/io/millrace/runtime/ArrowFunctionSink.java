package io.millrace.runtime;

import io.millrace.ArrowFunction;
import io.millrace.spi.RowBatch;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Lends batches to an application's function as Arrow data: in place, or as a slice if a batch
 * begins inside a block.
 */
final class ArrowFunctionSink extends CallbackSink {
  private final ArrowFunction function;

  ArrowFunctionSink(ArrowFunction function) {
    super("foreachArrow");
    this.function = function;
  }

  @Override
  public void write(RowBatch rows) {
    try {
      if (rows.from() == 0) {
        function.accept(rows.block().arrow(rows.to()), rows.epoch());
        return;
      }
      try (VectorSchemaRoot slice = rows.block().arrow(rows.to()).slice(rows.from(), rows.size())) {
        function.accept(slice, rows.epoch());
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }
}
