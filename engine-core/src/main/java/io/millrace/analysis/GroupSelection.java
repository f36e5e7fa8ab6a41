package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A select list over groups: every aggregate in it becomes a column of the Aggregate below, and
 * what remains must be computable from the keys.
 */
final class GroupSelection implements Selection {
  /** Aggregates stand as inputs from this index on until the number of keys is known. */
  private static final int FIRST_AGGREGATE = GroupWindow.END_OF_BOUNDS;

  private final Relation input;
  private final Coercion coercion;
  private final GroupWindow window;
  private final List<NamedExpression> keys = new ArrayList<>();
  private final List<AggregateCall> calls = new ArrayList<>();
  private final List<NamedExpression> columns = new ArrayList<>();
  private Optional<BoundExpression> having = Optional.empty();

  GroupSelection(Relation input, LogicalPlan.Aggregate aggregate, Coercion coercion) {
    this.input = input;
    this.coercion = coercion;
    this.window = new GroupWindow(input, coercion);
    List<SelectItem> items = SelectItem.expand(aggregate.output(), input.scope());
    for (Expression key : aggregate.grouping()) {
      addKey(key, items);
    }
    for (SelectItem item : items) {
      BoundExpression value =
          overGroups(item.bind(rows("select")), "select " + ExpressionText.of(item.expression()));
      columns.add(new NamedExpression(item.name(), value));
    }
    having =
        aggregate
            .having()
            .map(
                condition ->
                    new CallSite(condition, "having", coercion)
                        .bool(bind(condition, "having", havingNames(items)), "having"));
  }

  /** Output names, except those that are also a key's: these mean the key. */
  private Function<List<String>, Optional<BoundExpression>> havingNames(List<SelectItem> items) {
    return parts ->
        items.stream().anyMatch(i -> i.isAlias() && i.name().equalsIgnoreCase(parts.getFirst()))
                && keys.stream().noneMatch(key -> key.name().equalsIgnoreCase(parts.getFirst()))
            ? alias(parts)
            : Optional.empty();
  }

  /** Keys are expressions over the input, positions in the select list, or its aliases. */
  private void addKey(Expression key, List<SelectItem> items) {
    Optional<Integer> ordinal = SelectItem.ordinal(key, items.size(), "group by");
    ExpressionAnalyzer analyzer = keyAnalyzer().withAliases(parts -> itemNamed(parts, items));
    NamedExpression named;
    if (ordinal.isPresent()) {
      SelectItem item = items.get(ordinal.get());
      named = new NamedExpression(item.name(), item.bind(analyzer));
    } else {
      named = new NamedExpression(ExpressionText.name(key), analyzer.bind(key));
    }
    window.keys(named).forEach(this::addKey);
  }

  private void addKey(NamedExpression key) {
    if (!key.expression().type().isFlat()) {
      throw Unsupported.nested(key.name(), key.expression().type());
    }
    if (keys.stream().noneMatch(other -> other.expression().equals(key.expression()))) {
      keys.add(key);
    }
  }

  private ExpressionAnalyzer keyAnalyzer() {
    return new ExpressionAnalyzer(input.scope(), "group by", coercion).withPlaced(window::group);
  }

  /** An alias of the select list, if the input has no column of that name. */
  private Optional<BoundExpression> itemNamed(List<String> parts, List<SelectItem> items) {
    if (parts.size() > 1 || input.scope().find(parts).isPresent()) {
      return Optional.empty();
    }
    return items.stream()
        .filter(item -> item.isAlias() && item.name().equalsIgnoreCase(parts.getFirst()))
        .findFirst()
        .map(item -> item.bind(keyAnalyzer()));
  }

  /**
   * Resolves over the input's rows; an aggregate becomes an input beyond {@link #FIRST_AGGREGATE}.
   */
  private ExpressionAnalyzer rows(String clause) {
    ExpressionAnalyzer arguments = new ExpressionAnalyzer(input.scope(), clause, coercion);
    return arguments
        .withAliases(window::named)
        .withPlaced(
            call ->
                AggregateFunctions.is(call)
                    ? Optional.of(aggregate(call, arguments))
                    : window.select(call, clause));
  }

  private BoundExpression aggregate(Expression.Call call, ExpressionAnalyzer arguments) {
    AggregateCall bound = AggregateFunctions.bind(call, arguments);
    int index = calls.indexOf(bound);
    if (index < 0) {
      index = calls.size();
      calls.add(bound);
    }
    return new Input(FIRST_AGGREGATE + index, bound.name(), bound.type(), bound.nullable());
  }

  /** The same value from the columns of the Aggregate: keys, then aggregates. */
  private BoundExpression overGroups(BoundExpression value, String where) {
    return BoundTree.replace(value, part -> groupColumn(part, where));
  }

  /** The key that is this value. */
  private Optional<BoundExpression> key(BoundExpression value) {
    for (int i = 0; i < keys.size(); i++) {
      NamedExpression key = keys.get(i);
      if (key.expression().equals(value)) {
        return Optional.of(new Input(i, key.name(), value.type(), value.nullable()));
      }
    }
    return Optional.empty();
  }

  private Optional<BoundExpression> groupColumn(BoundExpression part, String where) {
    Optional<BoundExpression> key = key(part);
    if (key.isEmpty() && part instanceof Input && WindowStruct.isWindow(part)) {
      List<BoundExpression> bounds = WindowStruct.bounds(part);
      key =
          key(bounds.getFirst())
              .flatMap(start -> key(bounds.getLast()).map(end -> WindowStruct.of(start, end)));
    }
    if (key.isPresent() || !(part instanceof Input)) {
      return key;
    }
    Input column = (Input) part;
    if (column.index() >= GroupWindow.FIRST_BOUND) {
      int behindKeys =
          column.index() < FIRST_AGGREGATE
              ? column.index() - GroupWindow.FIRST_BOUND
              : window.bounds() + column.index() - FIRST_AGGREGATE;
      int index = keys.size() + behindKeys;
      return Optional.of(new Input(index, column.name(), column.type(), column.nullable()));
    }
    throw new AnalysisException(
        where
            + ": column "
            + column.name()
            + " is neither grouped nor aggregated; add it to GROUP BY or take first("
            + column.name()
            + ")");
  }

  @Override
  public BoundExpression bind(
      Expression expression,
      String clause,
      Function<List<String>, Optional<BoundExpression>> aliases) {
    // An alias is already over groups, so it is set aside while the rest is brought there.
    List<BoundExpression> set = new ArrayList<>();
    BoundExpression bound =
        rows(clause)
            .withAliases(
                parts ->
                    aliases
                        .apply(parts)
                        .map(
                            value -> {
                              set.add(value);
                              int index = -set.size();
                              return (BoundExpression)
                                  new Input(index, parts.getLast(), value.type(), value.nullable());
                            })
                        .or(() -> window.named(parts)))
            .bind(expression);
    String where = clause + " " + ExpressionText.outer(expression);
    return BoundTree.replace(
        bound,
        part ->
            part instanceof Input alias && alias.index() < 0
                ? Optional.of(set.get(-alias.index() - 1))
                : groupColumn(part, where));
  }

  @Override
  public List<NamedExpression> columns() {
    return columns;
  }

  @Override
  public Relation below() {
    ResolvedPlan groups = window.groups(keys, calls);
    return Relation.of(having.isPresent() ? new ResolvedPlan.Filter(groups, having.get()) : groups);
  }
}
