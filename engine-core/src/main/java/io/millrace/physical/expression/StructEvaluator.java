package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.column.StructView;

/** A struct of its arguments' columns, which are shown and not copied; never null. */
final class StructEvaluator implements Evaluator {
  private final DataType.Struct type;
  private final Evaluator[] fields;
  private final StructView view;

  StructEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    type = (DataType.Struct) call.type();
    fields = Evaluators.compileAll(call.arguments(), context);
    try {
      view = new StructView(context.allocator(), type, context.rowCapacity());
    } catch (RuntimeException | Error e) {
      Evaluators.closeAll(fields);
      throw e;
    }
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public ColumnVector evaluate(Block input, RowSelection rows) {
    for (int i = 0; i < fields.length; i++) {
      view.show(i, fields[i].evaluate(input, rows));
    }
    return view.column();
  }

  @Override
  public void close() {
    Evaluators.closeAll(fields);
    view.close();
  }
}
