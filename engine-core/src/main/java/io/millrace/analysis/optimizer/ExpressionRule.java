package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;

/**
 * Rewrites one expression whose parts have been rewritten before; gives it back if it does not fit.
 */
@FunctionalInterface
interface ExpressionRule {
  BoundExpression apply(BoundExpression expression);
}
