package io.millrace.perf.alerts;

import io.millrace.ArrowFunction;
import io.millrace.benchmarks.data.AlertChecksum;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A query's callback that counts alerts and takes their checksum. */
final class CountingSink implements ArrowFunction {
  private final Schema schema;
  private long alerts;
  private long checksum;

  CountingSink(Schema schema) {
    this.schema = schema;
  }

  @Override
  public synchronized void accept(VectorSchemaRoot rows, long epoch) {
    alerts += rows.getRowCount();
    checksum += AlertChecksum.of(Block.borrow(schema, rows));
  }

  synchronized long alerts() {
    return alerts;
  }

  synchronized long checksum() {
    return checksum;
  }
}
