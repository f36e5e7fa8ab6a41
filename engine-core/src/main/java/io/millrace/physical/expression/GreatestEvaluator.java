package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Compare;
import io.millrace.vector.project.Select;

/** The greatest or least argument; nulls are passed over, and all nulls give null. */
final class GreatestEvaluator extends ScratchEvaluator {
  private final int sign;
  private final ColumnVector[] sources;
  private final long[] masks;

  GreatestEvaluator(BoundExpression.Apply call, boolean greatest, EvaluationContext context) {
    super(call, call.arguments(), context);
    sign = greatest ? 1 : -1;
    sources = new ColumnVector[operands.length];
    masks = new long[operands.length];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = newBitmap();
    }
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    for (int i = 0; i < sources.length; i++) {
      sources[i] = operands[i].evaluate(input, rows);
      Bitmap.fill(masks[i], false, from, to);
    }
    for (int row = from; row < to; row++) {
      if (rows.mask() == RowSelection.ALL || Bitmap.get(rows.mask(), row)) {
        int best = best(row);
        if (best >= 0) {
          Bitmap.set(masks[best], row, true);
        }
      }
    }
    Select.blend(sources, masks, sources.length, result, from, to);
  }

  private int best(int row) {
    int best = -1;
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].isNull(row)
          && (best < 0 || sign * Compare.rows(sources[i], row, sources[best], row) > 0)) {
        best = i;
      }
    }
    return best;
  }
}
