package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.text.Concatenation;

/** concat_ws: null only where the separator is; null parts are left out. */
final class ConcatWithSeparatorEvaluator extends ScratchEvaluator {
  private final ColumnVector[] parts;
  private final long mask;
  private final RowSelection asked = new RowSelection();

  ConcatWithSeparatorEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, call.arguments(), context);
    parts = new ColumnVector[operands.length - 1];
    mask = newBitmap();
  }

  @Override
  void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    ColumnVector separator = operands[0].evaluate(input, rows);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = operands[i + 1].evaluate(input, rows);
    }
    long selected = rows.mask();
    if (!separator.mayHaveNulls()) {
      Bitmap.fill(result.validity(), true, from, to);
    } else {
      Bitmap.copy(separator.validity(), result.validity(), from, to);
      if (selected == RowSelection.ALL) {
        selected = separator.validity();
      } else {
        Bitmap.and(selected, separator.validity(), mask, from, to);
        selected = mask;
      }
    }
    result.mayHaveNulls(separator.mayHaveNulls());
    Concatenation.withSeparator(separator, parts, asked.set(from, to, selected), result);
  }
}
