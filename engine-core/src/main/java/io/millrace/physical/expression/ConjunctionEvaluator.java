package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.bitmap.Ternary;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/**
 * AND and OR of two or more operands, left to right: an operand is only asked about rows that those
 * before it have left undecided.
 */
final class ConjunctionEvaluator extends ScratchEvaluator {
  private final boolean and;
  private final long undecided;
  private final RowSelection asked = new RowSelection();

  ConjunctionEvaluator(BoundExpression.Apply call, boolean and, EvaluationContext context) {
    super(call, call.arguments(), context);
    this.and = and;
    this.undecided = newBitmap();
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector first = operands[0].evaluate(input, rows);
    boolean nulls = first.mayHaveNulls();
    Bitmap.copy(first.data(), result.data(), from, to);
    Bitmap.copy(first.validity(), result.validity(), from, to);
    for (int i = 1; i < operands.length && narrow(rows); i++) {
      ColumnVector next = operands[i].evaluate(input, asked.set(from, to, undecided));
      nulls |= next.mayHaveNulls();
      combine(next, nulls, from, to);
    }
    result.mayHaveNulls(nulls);
  }

  /** Leaves the rows that are not false (AND) or not true (OR) so far; false if there are none. */
  private boolean narrow(RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    if (and) {
      Bitmap.andNot(result.validity(), result.data(), undecided, from, to);
    } else {
      Bitmap.and(result.validity(), result.data(), undecided, from, to);
    }
    if (rows.mask() == RowSelection.ALL) {
      Bitmap.not(undecided, undecided, from, to);
    } else {
      Bitmap.andNot(rows.mask(), undecided, undecided, from, to);
    }
    return !Bitmap.isNoneSet(undecided, from, to);
  }

  private void combine(ColumnVector next, boolean nulls, int from, int to) {
    long data = result.data();
    long validity = result.validity();
    if (!nulls) {
      if (and) {
        Bitmap.and(data, next.data(), data, from, to);
      } else {
        Bitmap.or(data, next.data(), data, from, to);
      }
    } else if (and) {
      Ternary.and(data, validity, next.data(), next.validity(), data, validity, from, to);
    } else {
      Ternary.or(data, validity, next.data(), next.validity(), data, validity, from, to);
    }
  }
}
