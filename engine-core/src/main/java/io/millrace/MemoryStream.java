package io.millrace;

import io.millrace.types.Row;
import io.millrace.types.Schema;

/** A source for tests: each call of {@link #addData} is one micro-batch, replayable in memory. */
public interface MemoryStream extends AutoCloseable {
  Schema schema();

  /**
   * Adds one batch.
   *
   * @throws io.millrace.types.MillraceException with code DATA if a value does not fit its column
   */
  void addData(Row... rows);

  /** The rows as a streaming frame. */
  DataFrame toDF();

  /** Ends the stream: what was added is still processed, nothing more is taken. */
  @Override
  void close();
}
