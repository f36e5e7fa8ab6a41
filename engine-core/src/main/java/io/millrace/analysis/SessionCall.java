package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.Expression;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code session_window(time, gap)} by which a query groups.
 *
 * @param gapUs BIGINT microseconds, for each row
 */
record SessionCall(BoundExpression time, BoundExpression gapUs) {
  /** A gap of each row's own, from text; null for text that is no duration where ANSI is off. */
  static final String INTERVAL_US = "interval_us";

  /** Empty for calls of other functions. */
  static Optional<SessionCall> bind(Expression.Call call, Relation input, CallSite site) {
    if (!call.function().equals(WindowStruct.SESSION)) {
      return Optional.empty();
    }
    site.requireCount(call.arguments(), 2, 2);
    BoundExpression time = WindowCall.time(site, input, call.arguments().getFirst());
    ExpressionAnalyzer rows = new ExpressionAnalyzer(input.scope(), site.clause(), site.coercion());
    BoundExpression gap = gap(site, rows, call.arguments().get(1));
    if (gap instanceof Constant constant
        && (constant.value() == null || (Long) constant.value() <= 0)) {
      throw site.error("the gap must be more than 0");
    }
    return Optional.of(new SessionCall(time, gap));
  }

  /** Constants are read here, also those in the branches of a CASE; other text row by row. */
  private static BoundExpression gap(CallSite site, ExpressionAnalyzer rows, Expression gap) {
    Optional<Long> constant = Spans.us(site, gap, "the gap");
    if (constant.isPresent()) {
      return new Constant(constant.get(), DataType.BIGINT);
    } else if (gap instanceof Expression.Case cases) {
      return cases(site, rows, cases);
    }
    BoundExpression value = rows.bind(gap);
    if (value.type() == DataType.VOID) {
      return new Constant(null, DataType.BIGINT);
    } else if (value.type() != DataType.STRING) {
      throw site.error(
          CallSite.describe(value)
              + " is "
              + value.type().sql()
              + ", a gap needs a duration such as '5 minutes'; of a number make one with concat("
              + value.sql()
              + ", ' seconds')");
    }
    boolean nullable = value.nullable() || !site.coercion().ansi();
    return new Apply(INTERVAL_US, List.of(value), DataType.BIGINT, nullable);
  }

  private static BoundExpression cases(
      CallSite site, ExpressionAnalyzer rows, Expression.Case cases) {
    List<Branch> branches = new ArrayList<>();
    boolean nullable = cases.otherwise().isEmpty();
    for (Expression.Branch branch : cases.branches()) {
      BoundExpression condition = site.bool(rows.bind(branch.condition()), "WHEN");
      branches.add(new Branch(condition, gap(site, rows, branch.value())));
      nullable |= branches.getLast().value().nullable();
    }
    Optional<BoundExpression> otherwise = cases.otherwise().map(value -> gap(site, rows, value));
    nullable |= otherwise.isPresent() && otherwise.get().nullable();
    return new BoundExpression.Case(branches, otherwise, DataType.BIGINT, nullable);
  }
}
