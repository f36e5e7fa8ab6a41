package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.List;

/** A function that is null where an argument is null; most functions are. */
abstract class StrictEvaluator extends ScratchEvaluator {
  private final ColumnVector[] arguments;
  private final long mask;
  private final RowSelection asked = new RowSelection();

  StrictEvaluator(
      BoundExpression expression, List<BoundExpression> operands, EvaluationContext context) {
    super(expression, operands, context);
    arguments = new ColumnVector[operands.size()];
    mask = newBitmap();
  }

  /**
   * Whether a constant operand need only have row 0. Such a kernel takes its constant from there,
   * and the column is not filled.
   */
  boolean readsFirstRow(int operand) {
    return false;
  }

  /**
   * Writes the values of {@code result}; its validity is set already and may be cleared further,
   * row by row, with {@link ColumnVector#setNull}.
   *
   * @param arguments one column per operand
   * @param rows those asked for in which no argument is null: only these may fail; values of others
   *     are undefined, but offsets of variable-width results must be written for all of from..to
   */
  abstract void compute(Block input, ColumnVector[] arguments, RowSelection rows);

  @Override
  final void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    long validity = result.validity();
    boolean nulls = false;
    for (int i = 0; i < arguments.length; i++) {
      ColumnVector argument =
          readsFirstRow(i) && operands[i] instanceof ConstantEvaluator constant
              ? constant.firstRow()
              : operands[i].evaluate(input, rows);
      arguments[i] = argument;
      if (argument.mayHaveNulls()) {
        if (nulls) {
          Bitmap.and(validity, argument.validity(), validity, from, to);
        } else {
          Bitmap.copy(argument.validity(), validity, from, to);
          nulls = true;
        }
      }
    }
    long selected = rows.mask();
    if (!nulls) {
      Bitmap.fill(validity, true, from, to);
    } else if (selected == RowSelection.ALL) {
      selected = validity;
    } else {
      Bitmap.and(selected, validity, mask, from, to);
      selected = mask;
    }
    result.mayHaveNulls(nulls);
    compute(input, arguments, asked.set(from, to, selected));
  }
}
