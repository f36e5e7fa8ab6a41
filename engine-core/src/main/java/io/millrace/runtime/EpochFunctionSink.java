package io.millrace.runtime;

import io.millrace.EpochFunction;
import io.millrace.spi.RowBatch;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.BlockReader;
import java.util.ArrayList;
import java.util.List;

/** Collects an epoch's rows and hands them to the application as a whole. */
final class EpochFunctionSink extends CallbackSink {
  private final Schema schema;
  private final EpochFunction function;
  private final List<Row> rows = new ArrayList<>();

  EpochFunctionSink(Schema schema, EpochFunction function) {
    super("foreachBatch");
    this.schema = schema;
    this.function = function;
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    rows.clear();
    return true;
  }

  @Override
  public void write(RowBatch batch) {
    rows.addAll(BlockReader.rows(batch.block(), batch.from(), batch.to()));
  }

  @Override
  public String commit(long epoch) {
    try {
      function.accept(schema, List.copyOf(rows), epoch);
    } catch (Throwable e) {
      throw failed(e);
    }
    return "";
  }
}
