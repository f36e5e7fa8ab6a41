package io.millrace.runtime;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a session that queries write to, on the heap: for tests and for looking at results.
 */
public final class MemoryTable {
  private final Schema schema;
  private final List<Row> rows = new ArrayList<>();

  MemoryTable(Schema schema) {
    this.schema = schema;
  }

  public Schema schema() {
    return schema;
  }

  synchronized void addAll(List<Row> more) {
    rows.addAll(more);
  }

  /** A copy of what is there now: committed epochs only. */
  public synchronized List<Row> rows() {
    return List.copyOf(rows);
  }
}
