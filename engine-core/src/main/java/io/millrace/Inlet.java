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
   * A writer for one thread, of a sender with a name: it can send again what was not safe when the
   * process ended, and every query with a checkpoint takes each of its rows in once, by its number.
   *
   * <p>After a restart the queries are started first: each learns from its checkpoint what it has.
   * Then {@link #safeSequence} says where the sender goes on, and the writer opened now counts from
   * the number behind it. In one session a name's next writer goes on where the last one stopped,
   * unless a query was started in between that lacks rows: then it counts from what that one needs.
   * A query that finds a writer open whose rows do not follow its checkpoint is refused.
   *
   * @param producer a name that stays the same across restarts, 1 to 255 bytes of UTF-8
   * @throws io.millrace.types.AnalysisException if it is no such name, or a writer of that name is
   *     open
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
   * #newBatch}: then its buffers move into the inlet, where each 4,096 rows take a block, and the
   * root is empty afterwards. Of such roots too those of few rows are copied, since a block is all
   * or nothing.
   *
   * @return the last row's sequence, or {@link InletWriter#FULL} or {@link InletWriter#CLOSED}:
   *     then the batch is as it was
   * @throws io.millrace.types.AnalysisException if the batch has other columns than the inlet, or a
   *     column has not as many values as the batch has rows
   * @throws io.millrace.types.MillraceException with code DATA if it has more rows than the inlet
   *     holds, or nulls where a column is NOT NULL; with code RESOURCES as {@link
   *     InletWriter#append}
   */
  long appendBatch(VectorSchemaRoot batch);

  /** An empty batch with the inlet's columns, to be filled and given to {@link #appendBatch}. */
  VectorSchemaRoot newBatch();

  /**
   * The number of the producer's last row that will not be lost: the lowest over the queries with a
   * checkpoint that read the inlet now. A query that has begun its checkpoint earlier and has no
   * row of that producer counts as -1; one without a checkpoint does not count, nor does one that
   * began after the producer's rows and has read none of them.
   *
   * @return -1 if there is none, or no such query
   */
  long safeSequence(String producer);

  /** The rows as a streaming frame. */
  DataFrame toDF();

  /** Ends the stream: what was appended is still processed, nothing more is taken. */
  @Override
  void close();
}
