package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Types of aggregates. What reaches the physical plan: count, sum (BIGINT, DOUBLE or DECIMAL), avg
 * (DOUBLE or DECIMAL), min, max, first, last, stddev, stddev_pop, variance, var_pop (DOUBLE),
 * collect_list, collect_set (ARRAY without nulls), all of one argument; count of any number, a row
 * counting when none of them is null; min_by and max_by of a value and what it is ordered by. Other
 * aggregates are these with a filter or distinct values.
 */
final class AggregateFunctions {
  static final Set<String> NAMES =
      Set.of(
          "count",
          "count_if",
          "sum",
          "avg",
          "min",
          "max",
          "first",
          "last",
          "stddev",
          "stddev_pop",
          "variance",
          "var_pop",
          "approx_count_distinct",
          "bool_and",
          "bool_or",
          "collect_list",
          "collect_set",
          "min_by",
          "max_by",
          "percentile_approx",
          "percentile");

  private AggregateFunctions() {}

  static boolean contains(Expression expression) {
    return ExpressionChildren.any(
        expression, part -> part instanceof Expression.Call call && is(call));
  }

  static boolean is(Expression.Call call) {
    return NAMES.contains(FunctionCatalog.canonical(call.function()));
  }

  /**
   * @param row resolves arguments over the input's rows
   */
  static AggregateCall bind(Expression.Call call, ExpressionAnalyzer row) {
    String function = FunctionCatalog.canonical(call.function());
    if (Unsupported.isKnown(function)) {
      throw Unsupported.function(function);
    }
    CallSite site = row.site(call);
    Optional<BoundExpression> filter = call.filter().map(row::condition);
    List<BoundExpression> arguments = new ArrayList<>();
    if (!(function.equals("count") && countsRows(call))) {
      for (Expression argument : call.arguments()) {
        BoundExpression bound = row.bind(argument);
        if (!bound.type().isFlat()) {
          throw Unsupported.nested(bound.sql(), bound.type());
        }
        arguments.add(OperatorBinder.typed(bound));
      }
    }
    return bind(new Draft(site, call, filter), function, arguments);
  }

  /** {@code count(*)}, {@code count()} and {@code count(1)}. */
  private static boolean countsRows(Expression.Call call) {
    if (call.arguments().isEmpty()) {
      return true;
    }
    Expression argument = call.arguments().getFirst();
    boolean every =
        argument instanceof Expression.Star star && star.qualifier().isEmpty()
            || argument instanceof Expression.Literal literal && literal.value() != null;
    return call.arguments().size() == 1 && every && !call.distinct();
  }

  /** A call without its function and arguments. */
  private record Draft(CallSite site, Expression.Call call, Optional<BoundExpression> filter) {
    AggregateCall of(
        String function, List<BoundExpression> arguments, DataType type, boolean nullable) {
      return of(function, arguments, call.distinct(), type, nullable);
    }

    AggregateCall of(
        String function,
        List<BoundExpression> arguments,
        boolean distinct,
        DataType type,
        boolean nullable) {
      return new AggregateCall(
          ExpressionText.of(call), function, arguments, distinct, filter, type, nullable);
    }

    /** The same over those rows only for which the condition holds as well. */
    Draft where(BoundExpression condition) {
      List<BoundExpression> both = new ArrayList<>();
      filter.ifPresent(both::add);
      both.add(condition);
      return new Draft(site, call, Conjuncts.and(both));
    }
  }

  private static AggregateCall bind(Draft draft, String function, List<BoundExpression> arguments) {
    CallSite site = draft.site;
    if (!function.equals("count")) {
      boolean by = function.equals("min_by") || function.equals("max_by");
      boolean extra =
          by
              || function.equals("first")
              || function.equals("last")
              || function.equals("approx_count_distinct");
      site.requireCount(arguments, by ? 2 : 1, extra ? 2 : 1);
    }
    return switch (function) {
      case "count" -> draft.of(function, arguments, DataType.BIGINT, false);
      case "count_if" ->
          draft
              .where(site.bool(arguments.getFirst(), function))
              .of("count", List.of(), DataType.BIGINT, false);
      case "sum" -> sum(draft, arguments.getFirst());
      case "avg" -> avg(draft, arguments.getFirst());
      case "collect_list", "collect_set" ->
          draft.of(
              function, arguments, new DataType.Array(arguments.getFirst().type(), false), false);
      case "min", "max", "min_by", "max_by" ->
          draft.of(function, arguments, arguments.getFirst().type(), true);
      case "bool_and", "bool_or" ->
          draft.of(
              function.equals("bool_and") ? "min" : "max",
              List.of(site.bool(arguments.getFirst(), function)),
              DataType.BOOLEAN,
              true);
      case "first", "last" -> firstOrLast(draft, function, arguments);
      case "stddev", "stddev_pop", "variance", "var_pop" ->
          draft.of(
              function,
              List.of(number(site, function, arguments.getFirst(), DataType.DOUBLE)),
              DataType.DOUBLE,
              true);
      case "approx_count_distinct" ->
          draft.of("count", arguments.subList(0, 1), true, DataType.BIGINT, false);
      default -> throw new AssertionError(function);
    };
  }

  private static AggregateCall sum(Draft draft, BoundExpression value) {
    if (value.type() instanceof DataType.Decimal decimal) {
      DataType type = DecimalTypes.bounded(decimal.precision() + 10, decimal.scale());
      return draft.of("sum", List.of(value), type, true);
    }
    DataType type = value.type().isIntegral() ? DataType.BIGINT : DataType.DOUBLE;
    return draft.of("sum", List.of(number(draft.site, "sum", value, type)), type, true);
  }

  private static AggregateCall avg(Draft draft, BoundExpression value) {
    if (value.type() instanceof DataType.Decimal decimal) {
      DataType type = DecimalTypes.bounded(decimal.precision() + 4, decimal.scale() + 4);
      return draft.of("avg", List.of(value), type, true);
    }
    List<BoundExpression> number = List.of(number(draft.site, "avg", value, DataType.DOUBLE));
    return draft.of("avg", number, DataType.DOUBLE, true);
  }

  private static BoundExpression number(
      CallSite site, String function, BoundExpression value, DataType type) {
    boolean untyped = value instanceof Constant constant && constant.value() == null;
    if (!value.type().isNumeric() && !untyped) {
      throw site.needs(value, function, "a number", DataType.DOUBLE);
    }
    return untyped ? new Constant(null, type) : site.coercion().convert(value, type);
  }

  private static AggregateCall firstOrLast(
      Draft draft, String function, List<BoundExpression> arguments) {
    BoundExpression value = arguments.getFirst();
    Draft rows = draft;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Constant constant)
          || !(constant.value() instanceof Boolean ignoreNulls)) {
        throw draft.site.error("the second argument of " + function + " must be true or false");
      } else if (ignoreNulls) {
        rows = draft.where(draft.site.apply(Operators.IS_NOT_NULL, DataType.BOOLEAN, false, value));
      }
    }
    return rows.of(function, List.of(value), value.type(), true);
  }
}
