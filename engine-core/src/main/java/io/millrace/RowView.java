package io.millrace;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;

/**
 * A row lent to a callback: good until the callback returns, then it stands for another row.
 *
 * <p>Getters that return primitives do not allocate and do not check for null: under a null they
 * return an undefined value, so ask {@link #isNull} first where a column may be null. Columns are
 * indexes from 0; {@link #columnIndex} finds one by name, once, outside the callback's hot path.
 *
 * @throws io.millrace.types.MillraceException from every getter, with code PLAN, if there is no
 *     such column or its type is another
 */
public interface RowView {
  /** The result's columns. */
  Schema schema();

  /**
   * Index of the column with that name, in any case.
   *
   * @throws io.millrace.types.AnalysisException naming the columns there are
   */
  int columnIndex(String name);

  /** The epoch that the row belongs to; the same when it comes again after a crash. */
  long epoch();

  /** The row's number within its epoch, from 0; the same when it comes again. */
  long rowNumber();

  boolean isNull(int column);

  boolean getBoolean(int column);

  /** Of a TINYINT, SMALLINT or INT. */
  int getInt(int column);

  /** Of a TINYINT, SMALLINT, INT or BIGINT. */
  long getLong(int column);

  float getFloat(int column);

  /** Of a FLOAT or DOUBLE. */
  double getDouble(int column);

  /** Microseconds since 1970-01-01T00:00:00Z. */
  long getTimestampUs(int column);

  /** Days since 1970-01-01. */
  int getDateDays(int column);

  /** Allocates; null if the column is. */
  BigDecimal getDecimal(int column);

  /**
   * A DECIMAL without its point: 12.34 in a DECIMAL(10,2) is 1234.
   *
   * @throws io.millrace.types.MillraceException with code DATA if it has more digits than a long
   */
  long getUnscaledLong(int column);

  /** Bytes of a STRING or BINARY; 0 if null. */
  int utf8Length(int column);

  /**
   * Copies the bytes of a STRING or BINARY, as many as there is room for behind the offset.
   *
   * @return the full length, so more than was copied if there was too little room; 0 if null
   */
  int getUtf8(int column, byte[] into, int offset);

  /** Allocates; null if the column is. */
  String getString(int column);

  /** Allocates; null if the column is. */
  byte[] getBinary(int column);

  /** Of any type, nested ones too, as {@link Row} has it; allocates. */
  Object get(int column);

  /** A copy to keep; allocates. */
  Row toRow();
}
