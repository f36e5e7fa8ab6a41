package io.millrace.physical.expression;

import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/**
 * Computes one expression over rows of a block, batch at a time. An evaluator owns the scratch
 * column of its result and its children; it is used by one thread.
 */
public interface Evaluator extends AutoCloseable {
  DataType type();

  /**
   * Computes rows {@code rows.from()} to {@code rows.to()}; values outside the mask are undefined
   * and never the cause of an error.
   *
   * @return the column, result rows at the input's row indexes; a column of the input itself or
   *     this evaluator's scratch, good until the next call
   * @throws io.millrace.types.MillraceException with code DATA when a selected row cannot be
   *     computed
   */
  ColumnVector evaluate(Block input, RowSelection rows);

  /** Gives scratch memory back; does nothing the second time. */
  @Override
  void close();
}
