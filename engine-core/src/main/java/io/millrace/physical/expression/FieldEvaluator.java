package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.MaskedView;
import io.millrace.vector.column.RowSelection;

/** A field of a struct, handed on as it is, with more nulls where the struct is null. */
final class FieldEvaluator implements Evaluator {
  private final BoundExpression.Field field;
  private final Evaluator struct;
  private final MaskedView masked;

  FieldEvaluator(BoundExpression.Field field, EvaluationContext context) {
    this.field = field;
    struct = Evaluators.compile(field.struct(), context);
    try {
      masked = new MaskedView(context.allocator(), field.type(), context.rowCapacity());
    } catch (RuntimeException | Error e) {
      struct.close();
      throw e;
    }
  }

  @Override
  public DataType type() {
    return field.type();
  }

  @Override
  public ColumnVector evaluate(Block input, RowSelection rows) {
    ColumnVector parent = struct.evaluate(input, rows);
    ColumnVector child = parent.child(field.index());
    if (!parent.mayHaveNulls()) {
      return child;
    }
    ColumnVector result = masked.column();
    masked.show(child);
    if (child.mayHaveNulls()) {
      Bitmap.and(parent.validity(), child.validity(), result.validity(), rows.from(), rows.to());
    } else {
      Bitmap.copy(parent.validity(), result.validity(), rows.from(), rows.to());
    }
    return result;
  }

  @Override
  public void close() {
    struct.close();
    masked.close();
  }
}
