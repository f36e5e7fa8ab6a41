package io.millrace.gateway.rows;

import io.millrace.vector.column.Block;
import java.io.IOException;

/** Writes rows of one schema to a stream that somebody else closes. */
public interface RowWriter extends AutoCloseable {
  void write(Block rows) throws IOException;

  /** Writes what stands behind the last row. */
  void finish() throws IOException;

  /** Gives memory back; writes nothing. */
  @Override
  void close();
}
