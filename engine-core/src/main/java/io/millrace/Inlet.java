package io.millrace;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A source that application threads append to. Rows become part of every query that reads {@link
 * #toDF}.
 *
 * <p>The appending methods of the inlet itself may be called from every thread; a {@link
 * InletWriter} belongs to one.
 */
public interface Inlet extends AutoCloseable {
  String name();

  Schema schema();

  /** A writer for one thread, its sender without a name. */
  InletWriter writer();

  /**
   * A writer for one thread.
   *
   * @param producer a name that stays the same across restarts, for {@link #safeSequence}
   */
  InletWriter writer(String producer);

  /**
   * Appends a row; allocates.
   *
   * @return its sequence, or {@link InletWriter#FULL} or {@link InletWriter#CLOSED}
   * @throws io.millrace.types.MillraceException with code DATA if a value does not fit its column
   */
  long append(Row row);

  /**
   * Appends all rows of a batch or none. The rows are copied, unless the root came from {@link
   * #newBatch}: then its buffers move into the inlet and the root is empty afterwards.
   *
   * @return the last row's sequence, or {@link InletWriter#FULL} or {@link InletWriter#CLOSED}
   * @throws io.millrace.types.AnalysisException if the batch has other columns than the inlet
   */
  long appendBatch(VectorSchemaRoot batch);

  /** An empty batch with the inlet's columns, to be filled and given to {@link #appendBatch}. */
  VectorSchemaRoot newBatch();

  /** The highest sequence of that producer that will not be lost; -1 if there is none. */
  long safeSequence(String producer);

  /** The rows as a streaming frame. */
  DataFrame toDF();

  /** Ends the stream: what was appended is still processed, nothing more is taken. */
  @Override
  void close();
}
