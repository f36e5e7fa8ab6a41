package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import java.util.ArrayList;
import java.util.List;

/**
 * CASE: the value of the first branch whose condition is true, else the otherwise value or null.
 */
final class CaseEvaluator extends BranchEvaluator {
  private final int branches;

  CaseEvaluator(BoundExpression.Case cases, EvaluationContext context) {
    super(cases, operands(cases), cases.branches().size() + 1, context);
    branches = cases.branches().size();
  }

  /** Condition and value in turn, then the otherwise value if there is one. */
  private static List<BoundExpression> operands(BoundExpression.Case cases) {
    List<BoundExpression> operands = new ArrayList<>();
    for (BoundExpression.Branch branch : cases.branches()) {
      operands.add(branch.condition());
      operands.add(branch.value());
    }
    cases.otherwise().ifPresent(operands::add);
    return operands;
  }

  @Override
  void computeBranches(Block input, int from, int to) {
    for (int i = 0; i < branches && !isDone(from, to); i++) {
      ColumnVector condition = evaluate(2 * i, input, from, to, remaining);
      long chosen = nextMask();
      Bitmap.and(remaining, condition.data(), chosen, from, to);
      if (condition.mayHaveNulls()) {
        Bitmap.and(chosen, condition.validity(), chosen, from, to);
      }
      if (!Bitmap.isNoneSet(chosen, from, to)) {
        take(evaluate(2 * i + 1, input, from, to, chosen), from, to);
      }
    }
    if (operands.length > 2 * branches && !isDone(from, to)) {
      Bitmap.copy(remaining, nextMask(), from, to);
      take(evaluate(2 * branches, input, from, to, nextMask()), from, to);
    }
  }
}
