package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.TypeConversions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Resolves the names and types of one operator's expressions. */
final class ExpressionAnalyzer {
  /** Names that stand for something other than the input's columns: aliases of a select list. */
  private static final Function<List<String>, Optional<BoundExpression>> NO_ALIASES =
      parts -> Optional.empty();

  private final Scope scope;
  private final String clause;
  private final Coercion coercion;
  private final Function<List<String>, Optional<BoundExpression>> aliases;
  private final Function<Expression.Call, Optional<BoundExpression>> placed;

  ExpressionAnalyzer(Scope scope, String clause, Coercion coercion) {
    this(scope, clause, coercion, NO_ALIASES, call -> Optional.empty());
  }

  private ExpressionAnalyzer(
      Scope scope,
      String clause,
      Coercion coercion,
      Function<List<String>, Optional<BoundExpression>> aliases,
      Function<Expression.Call, Optional<BoundExpression>> placed) {
    this.scope = scope;
    this.clause = clause;
    this.coercion = coercion;
    this.aliases = aliases;
    this.placed = placed;
  }

  /** The same, but these names come before the columns of the input. */
  ExpressionAnalyzer withAliases(Function<List<String>, Optional<BoundExpression>> names) {
    return new ExpressionAnalyzer(scope, clause, coercion, names, placed);
  }

  /** The same, but aggregates and windows for which the function gives something are allowed. */
  ExpressionAnalyzer withPlaced(Function<Expression.Call, Optional<BoundExpression>> function) {
    return new ExpressionAnalyzer(scope, clause, coercion, aliases, function);
  }

  CallSite site(Expression expression) {
    return new CallSite(expression, clause, coercion);
  }

  /**
   * @throws AnalysisException in the user's words
   */
  BoundExpression bind(Expression expression) {
    Conjuncts.requireShallow(expression);
    return resolve(expression);
  }

  /** An expression that must be BOOLEAN. */
  BoundExpression condition(Expression expression) {
    return site(expression).bool(bind(expression), clause);
  }

  private BoundExpression resolve(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal);
      case Expression.Name name ->
          aliases.apply(name.parts()).orElseGet(() -> scope.resolve(name.parts()));
      case Expression.Alias alias -> resolve(alias.child());
      case Expression.Star ignored ->
          throw new AnalysisException(
              clause + ": * can only stand in a select list and in count(*)");
      case Expression.Call call -> call(call);
      case Expression.Cast cast ->
          cast(site(cast), resolve(cast.child()), cast.type(), cast.safe());
      case Expression.Case cases -> cases(cases);
      case Expression.In in -> in(in);
      case Expression.WithSchema with -> throw Unsupported.function(with.function());
    };
  }

  private BoundExpression literal(Expression.Literal literal) {
    return switch (literal.value()) {
      case null -> new Constant(null, DataType.VOID);
      case Boolean value -> new Constant(value, DataType.BOOLEAN);
      case Byte value -> new Constant(value, DataType.TINYINT);
      case Short value -> new Constant(value, DataType.SMALLINT);
      case Integer value -> new Constant(value, DataType.INT);
      case Long value -> new Constant(value, DataType.BIGINT);
      case Float value -> new Constant(value, DataType.FLOAT);
      case Double value -> new Constant(value, DataType.DOUBLE);
      case BigDecimal value -> decimal(value);
      case String value -> new Constant(value, DataType.STRING);
      case byte[] value -> new Constant(value, DataType.BINARY);
      case LocalDate value -> new Constant(Math.toIntExact(value.toEpochDay()), DataType.DATE);
      case Instant value ->
          new Constant(ConstantConversion.microseconds(value), DataType.TIMESTAMP);
      case Expression.Interval ignored ->
          throw new AnalysisException(
              clause
                  + " "
                  + ExpressionText.of(literal)
                  + ": an interval can only be added to or subtracted from a TIMESTAMP or DATE");
      default ->
          throw new AnalysisException(
              clause + ": a " + literal.value().getClass().getName() + " cannot be a constant");
    };
  }

  private static Constant decimal(BigDecimal value) {
    DataType type = DecimalTypes.of(value);
    return new Constant(value.scale() < 0 ? value.setScale(0) : value, type);
  }

  static BoundExpression cast(CallSite site, BoundExpression child, DataType type, boolean safe) {
    if (!child.type().isFlat() || !type.isFlat()) {
      throw Unsupported.nested(child.sql(), child.type().isFlat() ? type : child.type());
    } else if (!TypeConversions.isLegal(child.type(), type)) {
      throw site.error(
          CallSite.describe(child)
              + " is "
              + child.type().sql()
              + ", which does not convert to "
              + type.sql());
    }
    return child.type() == DataType.VOID
        ? new Constant(null, type)
        : site.coercion().cast(child, type, safe);
  }

  private BoundExpression cases(Expression.Case cases) {
    CallSite site = site(cases);
    List<BoundExpression> conditions = new ArrayList<>();
    List<BoundExpression> values = new ArrayList<>();
    for (Expression.Branch branch : cases.branches()) {
      conditions.add(site.bool(resolve(branch.condition()), "WHEN"));
      values.add(resolve(branch.value()));
    }
    cases.otherwise().ifPresent(otherwise -> values.add(resolve(otherwise)));
    List<BoundExpression> converted = site.unify(values, "CASE");
    List<BoundExpression.Branch> branches = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      branches.add(new BoundExpression.Branch(conditions.get(i), converted.get(i)));
    }
    return new BoundExpression.Case(
        branches,
        cases.otherwise().map(ignored -> converted.getLast()),
        converted.getFirst().type(),
        cases.otherwise().isEmpty() || CallSite.anyNullable(converted));
  }

  /** A list of constants if all options are, else a chain of equalities. */
  private BoundExpression in(Expression.In in) {
    CallSite site = site(in);
    List<BoundExpression> all = new ArrayList<>();
    all.add(resolve(in.value()));
    for (Expression option : in.options()) {
      all.add(resolve(option));
    }
    List<BoundExpression> converted =
        site.unify(all, "IN").stream().map(OperatorBinder::typed).toList();
    BoundExpression value = converted.getFirst();
    List<Constant> constants = new ArrayList<>();
    boolean hasNull = false;
    for (BoundExpression option : converted.subList(1, converted.size())) {
      if (!(option instanceof Constant constant)) {
        return equalities(value, converted.subList(1, converted.size()));
      } else if (constant.value() == null) {
        hasNull = true;
      } else {
        constants.add(constant);
      }
    }
    return new BoundExpression.InList(value, constants, hasNull);
  }

  private static BoundExpression equalities(BoundExpression value, List<BoundExpression> options) {
    List<BoundExpression> terms = new ArrayList<>();
    for (BoundExpression option : options) {
      terms.add(
          new BoundExpression.Apply(
              Operators.EQUAL,
              List.of(value, option),
              DataType.BOOLEAN,
              value.nullable() || option.nullable()));
    }
    return terms.size() == 1 ? terms.getFirst() : chain(Operators.OR, terms);
  }

  private static BoundExpression chain(String operator, List<BoundExpression> terms) {
    return new BoundExpression.Apply(
        operator, terms, DataType.BOOLEAN, CallSite.anyNullable(terms));
  }

  private BoundExpression call(Expression.Call call) {
    CallSite site = site(call);
    String function = FunctionCatalog.canonical(call.function());
    boolean aggregate = AggregateFunctions.is(call);
    if (aggregate
        || function.equals(WindowStruct.WINDOW)
        || function.equals(WindowStruct.SESSION)) {
      return placed.apply(call).orElseThrow(() -> misplaced(call, aggregate));
    } else if (call.distinct() || call.filter().isPresent()) {
      throw site.error(
          function + " is no aggregate; DISTINCT and FILTER belong to aggregates only");
    } else if (Unsupported.isKnown(function)) {
      throw Unsupported.function(function);
    } else if (StructFunctions.NAMES.contains(function)) {
      return struct(call, site, function);
    } else if (function.equals(Operators.AND) || function.equals(Operators.OR)) {
      return logic(call, site);
    }
    if (function.equals(WindowStruct.TIME)) {
      site.requireCount(call.arguments(), 1, 1);
      return WindowStruct.time(site, resolve(call.arguments().getFirst()));
    }
    BoundExpression shifted = interval(call, site);
    return shifted != null ? shifted : function(site, function, arguments(call));
  }

  private AnalysisException misplaced(Expression.Call call, boolean aggregate) {
    return new AnalysisException(
        clause
            + ": "
            + ExpressionText.of(call)
            + (aggregate
                ? " is an aggregate and cannot stand here; use it in the select list or in HAVING"
                : " cannot stand here; group by it, or add a column with it and use that"));
  }

  private BoundExpression struct(Expression.Call call, CallSite site, String function) {
    if (function.equals("struct")) {
      site.requireCount(call.arguments(), 1, Integer.MAX_VALUE);
      List<SelectItem> items = SelectItem.expand(call.arguments(), scope);
      return StructFunctions.struct(
          site, items, items.stream().map(item -> item.bind(this)).toList());
    }
    List<BoundExpression> arguments = call.arguments().stream().map(this::resolve).toList();
    return function.equals(Operators.GET_ITEM)
        ? StructFunctions.item(site, arguments)
        : StructFunctions.namedStruct(site, arguments);
  }

  /** Only tests for null take nested values. */
  private List<BoundExpression> arguments(Expression.Call call) {
    boolean flat =
        !call.function().equals(Operators.IS_NULL)
            && !call.function().equals(Operators.IS_NOT_NULL);
    List<BoundExpression> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      BoundExpression bound = resolve(argument);
      if (flat && !bound.type().isFlat()) {
        throw Unsupported.nested(bound.sql(), bound.type());
      }
      arguments.add(bound);
    }
    return arguments;
  }

  private static BoundExpression function(
      CallSite site, String function, List<BoundExpression> arguments) {
    BoundExpression bound = TimeArithmetic.bind(site, function, arguments);
    if (bound == null) {
      bound = OperatorBinder.bind(site, function, arguments);
    }
    if (bound == null) {
      bound = SpecialFunctions.bind(site, function, arguments);
    }
    return bound == null ? FunctionCatalog.bind(site, function, arguments) : bound;
  }

  private BoundExpression logic(Expression.Call call, CallSite site) {
    List<BoundExpression> terms = new ArrayList<>();
    for (Expression operand : Conjuncts.flatten(call)) {
      terms.add(site.bool(resolve(operand), call.function().toUpperCase(java.util.Locale.ROOT)));
    }
    site.requireCount(terms, 2, Integer.MAX_VALUE);
    return chain(call.function(), terms);
  }

  /**
   * {@code time + INTERVAL}, {@code INTERVAL + time}, {@code time - INTERVAL}; null if it is none.
   */
  private BoundExpression interval(Expression.Call call, CallSite site) {
    boolean plus = call.function().equals(Operators.PLUS);
    if (call.arguments().size() != 2 || !plus && !call.function().equals(Operators.MINUS)) {
      return null;
    }
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    Optional<Expression.Interval> first = Spans.interval(left);
    Optional<Expression.Interval> second = Spans.interval(right);
    if (second.isPresent()) {
      Expression.Interval interval = second.get();
      return TimeArithmetic.shift(
          site, resolve(left), plus ? interval : TimeArithmetic.negate(interval));
    }
    return first.isPresent() && plus
        ? TimeArithmetic.shift(site, resolve(right), first.get())
        : null;
  }
}
