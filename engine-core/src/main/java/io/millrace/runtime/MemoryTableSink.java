package io.millrace.runtime;

import io.millrace.spi.RowBatch;
import io.millrace.types.Row;
import io.millrace.vector.column.BlockReader;
import java.util.ArrayList;
import java.util.List;

/** Adds an epoch's rows to a memory table when the epoch is committed. */
final class MemoryTableSink extends CallbackSink {
  private final MemoryTable table;
  private final List<Row> rows = new ArrayList<>();

  MemoryTableSink(String name, MemoryTable table) {
    super("MemoryTable[" + name + "]");
    this.table = table;
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
    table.addAll(rows);
    return "";
  }
}
