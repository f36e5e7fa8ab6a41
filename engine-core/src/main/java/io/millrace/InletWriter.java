package io.millrace;

import org.agrona.DirectBuffer;

/**
 * Writes rows into an inlet, value by value, without allocation; for one thread.
 *
 * <p>Setters fill the row that the next {@link #append} adds, in any order; a column that was not
 * set is null. When a row was not added ({@link #FULL}) its values stay set, and append may be
 * called again.
 *
 * @throws io.millrace.types.MillraceException from every setter, with code PLAN, if there is no
 *     such column or its type is another
 */
public interface InletWriter extends AutoCloseable {
  /** There is no room now. */
  long FULL = -1;

  /** The inlet, or this writer, is closed. */
  long CLOSED = -2;

  InletWriter setNull(int column);

  InletWriter setBoolean(int column, boolean value);

  /**
   * Of a TINYINT, SMALLINT, INT or BIGINT.
   *
   * @throws io.millrace.types.MillraceException with code DATA if the value is out of the type's
   *     range
   */
  InletWriter setInt(int column, int value);

  InletWriter setLong(int column, long value);

  InletWriter setFloat(int column, float value);

  InletWriter setDouble(int column, double value);

  /** Microseconds since 1970-01-01T00:00:00Z. */
  InletWriter setTimestamp(int column, long timestampUs);

  /** Days since 1970-01-01. */
  InletWriter setDate(int column, int days);

  /**
   * A DECIMAL without its point: 1234 in a DECIMAL(10,2) is 12.34.
   *
   * @throws io.millrace.types.MillraceException with code DATA if it has too many digits
   */
  InletWriter setDecimal(int column, long unscaled);

  /** Copies bytes that are valid UTF-8; this is not checked. */
  InletWriter setUtf8(int column, byte[] bytes, int offset, int length);

  /** Copies bytes that are valid UTF-8; this is not checked. */
  InletWriter setUtf8(int column, DirectBuffer buffer, int offset, int length);

  /** Encodes as UTF-8. */
  InletWriter setString(int column, String value);

  InletWriter setBinary(int column, byte[] value);

  /**
   * Adds the row and begins a new one. What happens when there is no room is the choice of {@link
   * InletOptions.WhenFull}.
   *
   * @return the row's sequence, counted from 0, or for a sender with a name from what {@link
   *     Inlet#writer(String)} says; or {@link #FULL} or {@link #CLOSED}
   * @throws io.millrace.types.MillraceException with code DATA if a NOT NULL column is null; with
   *     code RESOURCES if there is no memory for the row, or if the append waits for room and is
   *     interrupted or the query that was to make it fails: the row stays set, and append may be
   *     called again
   */
  long append();

  /** Gives the writer back; a row that was begun is dropped. */
  @Override
  void close();
}
