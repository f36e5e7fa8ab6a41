package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import java.util.Optional;

/** Computes functions of constants; whoever has the kernels gives one to the {@link Optimizer}. */
@FunctionalInterface
public interface ConstantFolder {
  /** Computes nothing; operators on numbers and logic are folded all the same. */
  ConstantFolder NONE = expression -> Optional.empty();

  /**
   * The value of an expression over constants; empty if it cannot be computed, for example because
   * it fails.
   */
  Optional<BoundExpression.Constant> fold(BoundExpression expression);
}
