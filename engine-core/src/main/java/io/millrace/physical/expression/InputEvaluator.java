package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** A column of the input, handed on as it is. */
final class InputEvaluator implements Evaluator {
  private final BoundExpression.Input input;

  InputEvaluator(BoundExpression.Input input) {
    this.input = input;
  }

  @Override
  public DataType type() {
    return input.type();
  }

  @Override
  public ColumnVector evaluate(Block block, RowSelection rows) {
    ColumnVector column = block.column(input.index());
    assert column.type().equals(input.type())
        : input.name() + " is " + column.type() + ", analysis said " + input.type();
    return column;
  }

  @Override
  public void close() {}
}
