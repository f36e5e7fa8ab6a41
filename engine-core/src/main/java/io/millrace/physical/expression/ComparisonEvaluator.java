package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Compare;
import io.millrace.vector.filter.Comparison;
import java.util.List;

/** One of the six comparisons, of two columns or of a column and a constant. */
final class ComparisonEvaluator extends StrictEvaluator {
  private final Comparison comparison;
  private final boolean constant;

  /**
   * @param constant whether the second operand is a constant that the kernel takes as one
   */
  ComparisonEvaluator(
      BoundExpression expression,
      List<BoundExpression> operands,
      Comparison comparison,
      boolean constant,
      EvaluationContext context) {
    super(expression, operands, context);
    this.comparison = comparison;
    this.constant = constant;
  }

  @Override
  boolean readsFirstRow(int operand) {
    return constant && operand == 1;
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    if (constant) {
      Compare.constant(comparison, arguments[0], arguments[1], from, to, result.data());
    } else {
      Compare.columns(comparison, arguments[0], arguments[1], from, to, result.data());
    }
  }
}
