package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.Fill;
import java.util.List;

/** A constant as a column: filled once, as far as batches have reached. */
final class ConstantEvaluator extends ScratchEvaluator {
  private int filled;

  ConstantEvaluator(BoundExpression.Constant constant, EvaluationContext context) {
    super(constant, List.of(), context);
    if (constant.value() == null) {
      Bitmap.fill(result.validity(), false, 0, result.rowCapacity());
      result.mayHaveNulls(true);
      if (constant.type() != DataType.VOID) {
        Fill.zero(result);
      }
      filled = result.rowCapacity();
      return;
    }
    try {
      result.setAllValid(result.rowCapacity());
      Cell.put(result, 0, constant.value());
      filled = 1;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  void compute(Block input, RowSelection rows) {
    if (rows.to() > filled) {
      int target = Math.min(result.rowCapacity(), Math.max(rows.to(), 2 * filled));
      Fill.repeat(result, filled, target);
      filled = target;
    }
  }

  /** The column without more than its first row being promised; all of them if it is null. */
  ColumnVector firstRow() {
    return result;
  }
}
