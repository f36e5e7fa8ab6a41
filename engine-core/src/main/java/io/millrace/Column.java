package io.millrace;

import io.millrace.analysis.ExpressionText;
import io.millrace.plan.Expression;
import io.millrace.plan.Expression.Call;
import io.millrace.plan.LogicalPlan;
import io.millrace.plan.Operators;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An expression over a frame's columns, as data. Where a method takes an {@code Object}, a Column
 * stands for itself and anything else for a constant, as {@link Functions#lit} takes it.
 */
public final class Column {
  private final Expression expression;
  private final Optional<Ordering> ordering;

  private record Ordering(boolean ascending, boolean nullsFirst) {}

  Column(Expression expression) {
    this(expression, Optional.empty());
  }

  private Column(Expression expression, Optional<Ordering> ordering) {
    this.expression = expression;
    this.ordering = ordering;
  }

  /**
   * @throws AnalysisException if this is an ordering
   */
  Expression expression() {
    if (ordering.isPresent()) {
      throw new AnalysisException(
          "asc and desc say how to order; they stand in orderBy only, not around " + this);
    }
    return expression;
  }

  /** As a key of an ordering; ascending unless said otherwise. */
  LogicalPlan.SortOrder sortOrder() {
    Ordering order = ordering.orElse(new Ordering(true, true));
    return new LogicalPlan.SortOrder(expression, order.ascending, order.nullsFirst);
  }

  private Column call(String function, Object... others) {
    Expression[] arguments = new Expression[others.length + 1];
    arguments[0] = expression();
    for (int i = 0; i < others.length; i++) {
      arguments[i + 1] = Literals.expression(others[i]);
    }
    return new Column(Call.of(function, arguments));
  }

  public Column gt(Object other) {
    return call(Operators.GREATER, other);
  }

  public Column geq(Object other) {
    return call(Operators.GREATER_OR_EQUAL, other);
  }

  public Column lt(Object other) {
    return call(Operators.LESS, other);
  }

  public Column leq(Object other) {
    return call(Operators.LESS_OR_EQUAL, other);
  }

  public Column equalTo(Object other) {
    return call(Operators.EQUAL, other);
  }

  public Column notEqual(Object other) {
    return call(Operators.NOT_EQUAL, other);
  }

  /** Equality for which null equals null and nothing else. */
  public Column eqNullSafe(Object other) {
    return call(Operators.NULL_SAFE_EQUAL, other);
  }

  public Column and(Object other) {
    return call(Operators.AND, other);
  }

  public Column or(Object other) {
    return call(Operators.OR, other);
  }

  public Column not() {
    return call(Operators.NOT);
  }

  public Column plus(Object other) {
    return call(Operators.PLUS, other);
  }

  public Column minus(Object other) {
    return call(Operators.MINUS, other);
  }

  public Column multiply(Object other) {
    return call(Operators.MULTIPLY, other);
  }

  /** Of whole numbers too the result is a fraction. */
  public Column divide(Object other) {
    return call(Operators.DIVIDE, other);
  }

  /** Remainder, with the dividend's sign. */
  public Column mod(Object other) {
    return call(Operators.MOD, other);
  }

  public Column as(String name) {
    return new Column(new Expression.Alias(expression(), name));
  }

  public Column alias(String name) {
    return as(name);
  }

  /** Converts; a value that does not convert is an error. */
  public Column cast(DataType type) {
    return new Column(new Expression.Cast(expression(), type, false));
  }

  /**
   * @param type in SQL, {@code "DECIMAL(10,2)"}
   * @throws AnalysisException if there is no such type
   */
  public Column cast(String type) {
    return cast(Schema.builder().add("cast", type).build().field(0).type());
  }

  /** Converts; a value that does not convert becomes null. */
  public Column tryCast(DataType type) {
    return new Column(new Expression.Cast(expression(), type, true));
  }

  public Column isNull() {
    return call(Operators.IS_NULL);
  }

  public Column isNotNull() {
    return call(Operators.IS_NOT_NULL);
  }

  public Column isin(Object... values) {
    return new Column(new Expression.In(expression(), List.of(Literals.expressions(values))));
  }

  public Column isInCollection(Collection<?> values) {
    return isin(values.toArray());
  }

  /** Both bounds are inclusive. */
  public Column between(Object lower, Object upper) {
    return call(Operators.BETWEEN, lower, upper);
  }

  /** SQL's pattern: {@code %} for any text, {@code _} for one character. */
  public Column like(String pattern) {
    return call(Operators.LIKE, pattern);
  }

  /** Whether a part of the text matches a regular expression of Java's. */
  public Column rlike(String regex) {
    return call(Operators.RLIKE, regex);
  }

  public Column startsWith(Object prefix) {
    return call("startswith", prefix);
  }

  public Column endsWith(Object suffix) {
    return call("endswith", suffix);
  }

  public Column contains(Object part) {
    return call("contains", part);
  }

  /**
   * @param position of the first character, from 1; negative from the end
   * @param length characters
   */
  public Column substr(Object position, Object length) {
    return call("substring", position, length);
  }

  /** A struct's field. */
  public Column getField(String name) {
    return call(Operators.GET_ITEM, name);
  }

  /** An array's element, by index from 0, or a map's value, by key. */
  public Column getItem(Object key) {
    return call(Operators.GET_ITEM, key);
  }

  /**
   * Another branch, behind {@link Functions#when}.
   *
   * @throws AnalysisException if this is no {@code when(...)}, or {@link #otherwise} stands before
   */
  public Column when(Column condition, Object value) {
    Expression.Case open = openCase("when");
    List<Expression.Branch> branches = new ArrayList<>(open.branches());
    branches.add(new Expression.Branch(condition.expression(), Literals.expression(value)));
    return new Column(new Expression.Case(branches, Optional.empty()));
  }

  /**
   * The value when no branch's condition is true; without it null.
   *
   * @throws AnalysisException if this is no {@code when(...)}, or has an otherwise already
   */
  public Column otherwise(Object value) {
    Expression.Case open = openCase("otherwise");
    return new Column(
        new Expression.Case(open.branches(), Optional.of(Literals.expression(value))));
  }

  private Expression.Case openCase(String method) {
    if (expression() instanceof Expression.Case open && open.otherwise().isEmpty()) {
      return open;
    }
    throw new AnalysisException(
        method + " follows Functions.when(...), before any otherwise; it cannot follow " + this);
  }

  /**
   * The same aggregate over those rows only for which the condition is true: SQL's {@code FILTER
   * (WHERE condition)}.
   *
   * @throws AnalysisException if this is no call of a function
   */
  public Column filterWhere(Column condition) {
    if (!(expression() instanceof Call call)) {
      throw new AnalysisException(
          "filterWhere follows an aggregate such as sum(...), before as(...); it cannot follow "
              + this);
    }
    List<Expression> both = new ArrayList<>();
    call.filter().ifPresent(both::add);
    both.add(condition.expression());
    Expression filter =
        both.size() == 1 ? both.getFirst() : Call.of(Operators.AND, both.get(0), both.get(1));
    return new Column(
        new Call(call.function(), call.arguments(), call.distinct(), Optional.of(filter)));
  }

  /** Ascending, nulls first. */
  public Column asc() {
    return ordered(true, true);
  }

  /** Descending, nulls last. */
  public Column desc() {
    return ordered(false, false);
  }

  public Column ascNullsLast() {
    return ordered(true, false);
  }

  public Column descNullsFirst() {
    return ordered(false, true);
  }

  private Column ordered(boolean ascending, boolean nullsFirst) {
    return new Column(expression(), Optional.of(new Ordering(ascending, nullsFirst)));
  }

  /** The expression as SQL text. */
  @Override
  public String toString() {
    return ExpressionText.of(expression);
  }
}
