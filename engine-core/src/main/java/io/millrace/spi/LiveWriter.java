package io.millrace.spi;

/**
 * Hands rows to a query from a connector's thread, without allocation. Setters fill the row that
 * the next {@link #append} adds, in any order; a column that was not set is null. Columns are those
 * of {@link SourceContext#readSchema}.
 *
 * @throws io.millrace.types.MillraceException from every setter, with code PLAN, if there is no
 *     such column or its type is another
 */
public interface LiveWriter extends AutoCloseable {
  LiveWriter setBoolean(int column, boolean value);

  /** Of a TINYINT, SMALLINT, INT or BIGINT. */
  LiveWriter setInt(int column, int value);

  LiveWriter setLong(int column, long value);

  LiveWriter setDouble(int column, double value);

  /** Microseconds since 1970-01-01T00:00:00Z. */
  LiveWriter setTimestamp(int column, long timestampUs);

  /** Copies a BINARY, or a STRING that is valid UTF-8, which is not checked. */
  LiveWriter setBytes(int column, byte[] bytes, int offset, int length);

  /** The same from off-heap memory. */
  LiveWriter setBytes(int column, long address, int length);

  /**
   * Adds the row and begins a new one; waits for room, which is how a slow query slows the sender.
   *
   * @return false if the query has ended: there will be no room any more
   */
  boolean append();

  /**
   * Takes note of input that became no row; waits for room as {@link #append} does. Reaches the
   * query in the order of rejects, not of rows.
   *
   * @param origin the connection or subscription
   * @param offset position of the record in the origin
   * @param reason in the user's words
   * @param address of the beginning of the raw bytes, borrowed
   * @param length bytes, at most {@link Chunk#MAX_REJECTED_BYTES}
   * @return false if the query has ended
   */
  boolean reject(String origin, long offset, String reason, long address, int length);

  /** Gives the writer back; a row that was begun is dropped. */
  @Override
  void close();
}
