package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** Keeps the rows for which a condition is true, neither false nor null, as a bitmap. */
public final class FilterEvaluator implements AutoCloseable {
  private final Evaluator condition;
  private final ByteBlock selection;
  private boolean closed;

  /**
   * @param condition of type BOOLEAN
   */
  public FilterEvaluator(BoundExpression condition, EvaluationContext context) {
    assert condition.type() == DataType.BOOLEAN : condition.sql() + " is " + condition.type();
    this.condition = Evaluators.compile(condition, context);
    try {
      selection = new ByteBlock(context.allocator(), (context.rowCapacity() + 63 & ~63) >> 3);
    } catch (RuntimeException | Error e) {
      this.condition.close();
      throw e;
    }
  }

  /**
   * Selects among rows.from()..rows.to() and the mask.
   *
   * @return how many rows are kept
   * @throws io.millrace.types.MillraceException with code DATA when a row cannot be computed
   */
  public int evaluate(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector column = condition.evaluate(input, rows);
    long kept = selection.address();
    Bitmap.copy(column.data(), kept, from, to);
    if (column.mayHaveNulls()) {
      Bitmap.and(kept, column.validity(), kept, from, to);
    }
    if (rows.mask() != RowSelection.ALL) {
      Bitmap.and(kept, rows.mask(), kept, from, to);
    }
    return Bitmap.count(kept, from, to);
  }

  /**
   * Address of the rows kept last, over the block's rows: good until the next call, and a mask for
   * whatever comes next. Bits outside from..to are undefined.
   */
  public long selection() {
    return selection.address();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      condition.close();
      selection.close();
    }
  }
}
