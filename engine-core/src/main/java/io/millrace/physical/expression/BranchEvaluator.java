package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Select;
import java.util.List;

/**
 * Takes each row from one of several values: what CASE and coalesce share. The rows still looking
 * for a value shrink from branch to branch, and a branch is only asked about its own.
 */
abstract class BranchEvaluator extends ScratchEvaluator {
  /** The rows that have no value yet. */
  final long remaining;

  private final ColumnVector[] sources;
  private final long[] masks;
  private final RowSelection asked = new RowSelection();
  private int count;

  BranchEvaluator(
      BoundExpression expression,
      List<BoundExpression> operands,
      int branches,
      EvaluationContext context) {
    super(expression, operands, context);
    sources = new ColumnVector[branches];
    masks = new long[branches];
    for (int i = 0; i < branches; i++) {
      masks[i] = newBitmap();
    }
    remaining = newBitmap();
  }

  /** Goes through the branches by {@link #evaluate} and {@link #take}. */
  abstract void computeBranches(Block input, int from, int to);

  @Override
  final void compute(Block input, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    if (rows.mask() == RowSelection.ALL) {
      Bitmap.fill(remaining, true, from, to);
    } else {
      Bitmap.copy(rows.mask(), remaining, from, to);
    }
    count = 0;
    computeBranches(input, from, to);
    Select.blend(sources, masks, count, result, from, to);
  }

  /** An operand's column for the rows of a mask. */
  final ColumnVector evaluate(int operand, Block input, int from, int to, long mask) {
    return operands[operand].evaluate(input, asked.set(from, to, mask));
  }

  final boolean isDone(int from, int to) {
    return Bitmap.isNoneSet(remaining, from, to);
  }

  /** The bitmap of the rows that the next {@link #take} takes; to be filled before it. */
  final long nextMask() {
    return masks[count];
  }

  /** Takes the rows of {@link #nextMask} from a column; they remain no longer. */
  final void take(ColumnVector source, int from, int to) {
    sources[count] = source;
    Bitmap.andNot(remaining, masks[count], remaining, from, to);
    count++;
  }
}
