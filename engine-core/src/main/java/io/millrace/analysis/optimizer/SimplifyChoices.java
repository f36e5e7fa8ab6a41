package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Case;
import io.millrace.analysis.BoundExpression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CASE with constant conditions, and coalesce of what is known to be null or not. */
final class SimplifyChoices implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    if (expression instanceof Case cases) {
      return simplify(cases);
    } else if (expression instanceof Apply apply && apply.function().equals("coalesce")) {
      return simplify(apply);
    }
    return expression;
  }

  /** Branches never taken go; a branch always taken is the otherwise. */
  private static BoundExpression simplify(Case cases) {
    List<Branch> kept = new ArrayList<>();
    Optional<BoundExpression> otherwise = cases.otherwise();
    for (Branch branch : cases.branches()) {
      if (branch.condition() instanceof Constant constant) {
        if (Boolean.TRUE.equals(constant.value())) {
          otherwise = Optional.of(branch.value());
          break;
        }
      } else {
        kept.add(branch);
      }
    }
    if (kept.isEmpty()) {
      return otherwise.orElse(new Constant(null, cases.type()));
    }
    boolean nullable =
        otherwise.map(BoundExpression::nullable).orElse(true)
            || kept.stream().anyMatch(branch -> branch.value().nullable());
    return new Case(kept, otherwise, cases.type(), nullable);
  }

  /** What stands behind a value that is never null is never looked at. */
  private static BoundExpression simplify(Apply coalesce) {
    List<BoundExpression> kept = new ArrayList<>();
    for (BoundExpression value : coalesce.arguments()) {
      if (!(value instanceof Constant constant && constant.value() == null)) {
        kept.add(value);
      }
      if (!value.nullable()) {
        break;
      }
    }
    if (kept.isEmpty()) {
      return new Constant(null, coalesce.type());
    } else if (kept.size() == 1) {
      return kept.getFirst();
    }
    boolean nullable = kept.stream().allMatch(BoundExpression::nullable);
    return new Apply("coalesce", kept, coalesce.type(), nullable);
  }
}
