package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.analysis.ResolvedPlan.SortKey;
import io.millrace.plan.LogicalPlan;
import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resolves the names and types of plans. Errors are {@link AnalysisException}s in the user's words;
 * what cannot run yet is refused here.
 *
 * <p>One analyzer analyzes one plan at a time.
 */
public final class Analyzer {
  private final Catalog catalog;
  private final Function<LogicalPlan.Scan, Schema> scanSchemas;
  private final Coercion coercion;

  /** The views that are being taken apart, to find one that stands in itself. */
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * @param scanSchemas gives all columns of an input, by asking its provider
   * @param ansi whether overflow, division by zero and failing casts are errors; null otherwise
   */
  public Analyzer(Catalog catalog, Function<LogicalPlan.Scan, Schema> scanSchemas, boolean ansi) {
    this.catalog = catalog;
    this.scanSchemas = scanSchemas;
    this.coercion = new Coercion(ansi);
  }

  /** The plan with names and types; columns that are an untyped NULL become STRING. */
  public ResolvedPlan analyze(LogicalPlan plan) {
    Relation relation = relation(plan);
    boolean untyped =
        relation.plan().schema().fields().stream().anyMatch(f -> f.type() == DataType.VOID);
    return untyped ? typed(relation) : relation.plan();
  }

  private ResolvedPlan typed(Relation relation) {
    return new ResolvedPlan.Project(
        relation.plan(),
        relation.columns().stream()
            .map(
                column ->
                    column.expression().type() == DataType.VOID
                        ? new NamedExpression(
                            column.name(), new BoundExpression.Constant(null, DataType.STRING))
                        : column)
            .toList());
  }

  private Relation relation(LogicalPlan plan) {
    return switch (plan) {
      case LogicalPlan.Scan scan -> scan(scan);
      case LogicalPlan.LocalRows rows ->
          Relation.of(new ResolvedPlan.LocalRows(rows.schema(), rows.rows()));
      case LogicalPlan.Table table -> table(table.name());
      case LogicalPlan.SubqueryAlias alias -> relation(alias.input()).aliased(alias.name());
      case LogicalPlan.ColumnNames names -> columnNames(names);
      case LogicalPlan.Filter filter -> filter(filter);
      case LogicalPlan.Project project -> selection(project).finish();
      case LogicalPlan.Aggregate aggregate -> selection(aggregate).finish();
      case LogicalPlan.WithColumn with -> withColumn(with);
      case LogicalPlan.WithColumnRenamed renamed -> renamed(renamed);
      case LogicalPlan.Drop drop -> drop(drop);
      case LogicalPlan.Sort sort -> sort(sort);
      case LogicalPlan.Limit limit -> limit(limit);
      case LogicalPlan.Distinct distinct -> distinct(distinct);
      case LogicalPlan.Union union ->
          Relation.of(
              UnionAnalyzer.union(
                  union.inputs().stream().map(input -> relation(input).plan()).toList(), coercion));
      case LogicalPlan.Watermark watermark ->
          WatermarkAnalyzer.watermark(relation(watermark.input()), watermark, coercion);
      case LogicalPlan.Join join -> join(join);
    };
  }

  private Relation scan(LogicalPlan.Scan scan) {
    Schema schema = scanSchemas.apply(scan);
    WatermarkAnalyzer.checkOptions(scan);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      all.add(i);
    }
    return Relation.of(new ResolvedPlan.Scan(scan, schema, all, List.of()));
  }

  private Relation table(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    LogicalPlan plan =
        catalog
            .table(name)
            .orElseThrow(
                () ->
                    new AnalysisException(
                        "table "
                            + name
                            + " does not exist"
                            + NearestName.suggestion(name, catalog.names())
                            + (catalog.names().isEmpty()
                                ? "; there are no tables"
                                : "; known are " + String.join(", ", catalog.names()))));
    if (open.contains(key)) {
      throw new AnalysisException(
          "view " + name + " is defined by itself; give the new view another name");
    }
    open.push(key);
    try {
      return relation(plan).aliased(name.substring(name.lastIndexOf('.') + 1));
    } finally {
      open.pop();
    }
  }

  private Relation columnNames(LogicalPlan.ColumnNames names) {
    Relation input = relation(names.input());
    List<NamedExpression> columns = input.columns();
    if (columns.size() != names.names().size()) {
      throw new AnalysisException(
          names.names().size()
              + " column names ("
              + String.join(", ", names.names())
              + ") were given to an input of "
              + columns.size()
              + " columns");
    }
    List<NamedExpression> renamed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      renamed.add(new NamedExpression(names.names().get(i), columns.get(i).expression()));
    }
    return input.project(renamed);
  }

  private Relation filter(LogicalPlan.Filter filter) {
    Relation input = relation(filter.input());
    BoundExpression condition = expressions(input, "filter").condition(filter.condition());
    return input.with(new ResolvedPlan.Filter(input.plan(), condition));
  }

  private ExpressionAnalyzer expressions(Relation input, String clause) {
    return new ExpressionAnalyzer(input.scope(), clause, coercion);
  }

  private Selection selection(LogicalPlan.Project project) {
    project.columns().forEach(Conjuncts::requireShallow);
    if (project.columns().stream().anyMatch(AggregateFunctions::contains)) {
      return selection(
          new LogicalPlan.Aggregate(
              project.input(), List.of(), project.columns(), Optional.empty()));
    }
    return PlainSelection.of(relation(project.input()), project.columns(), coercion);
  }

  private Selection selection(LogicalPlan.Aggregate aggregate) {
    Relation input = relation(aggregate.input());
    return new GroupSelection(input, aggregate, coercion);
  }

  private Relation withColumn(LogicalPlan.WithColumn with) {
    Relation input = relation(with.input());
    String clause = "withColumn " + with.name();
    WindowCall window = new WindowCall(input, coercion);
    NamedExpression value =
        new NamedExpression(
            with.name(),
            expressions(input, clause)
                .withPlaced(call -> window.bind(call, clause))
                .bind(with.value()));
    List<NamedExpression> columns = new ArrayList<>(input.columns());
    boolean replaced = false;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(with.name())) {
        columns.set(i, value);
        replaced = true;
      }
    }
    if (!replaced) {
      columns.add(value);
    }
    return window.below().project(columns);
  }

  private Relation renamed(LogicalPlan.WithColumnRenamed renamed) {
    Relation input = relation(renamed.input());
    return input.project(
        input.columns().stream()
            .map(
                column ->
                    column.name().equalsIgnoreCase(renamed.from())
                        ? new NamedExpression(renamed.to(), column.expression())
                        : column)
            .toList());
  }

  private Relation drop(LogicalPlan.Drop drop) {
    Relation input = relation(drop.input());
    return input.project(
        input.columns().stream()
            .filter(column -> drop.names().stream().noneMatch(column.name()::equalsIgnoreCase))
            .toList());
  }

  /** Keys may name selected columns, columns that are not selected, aggregates, and positions. */
  private Relation sort(LogicalPlan.Sort sort) {
    return switch (sort.input()) {
      case LogicalPlan.Project project -> sort(sort, selection(project));
      case LogicalPlan.Aggregate aggregate -> sort(sort, selection(aggregate));
      default -> {
        Relation input = relation(sort.input());
        Selection all = new PlainSelection(input, input.columns(), coercion);
        yield input.with(sort(sort, all).plan().inputs().getFirst());
      }
    };
  }

  private static Relation sort(LogicalPlan.Sort sort, Selection selection) {
    List<SortKey> keys = new ArrayList<>();
    for (LogicalPlan.SortOrder order : sort.order()) {
      Optional<Integer> ordinal =
          SelectItem.ordinal(order.key(), selection.columns().size(), "order by");
      BoundExpression key =
          ordinal.isPresent()
              ? selection.columns().get(ordinal.get()).expression()
              : selection.bind(order.key(), "order by", selection::alias);
      List<BoundExpression> parts =
          WindowStruct.isWindow(key) ? WindowStruct.bounds(key) : List.of(key);
      for (BoundExpression part : parts) {
        if (!part.type().isFlat()) {
          throw Unsupported.nested(part.sql(), part.type());
        }
        keys.add(new SortKey(part, order.ascending(), order.nullsFirst()));
      }
    }
    Relation below = selection.below();
    return below.with(new ResolvedPlan.Sort(below.plan(), keys)).project(selection.columns());
  }

  private Relation limit(LogicalPlan.Limit limit) {
    Relation input = relation(limit.input());
    if (limit.rows() < 0) {
      throw new AnalysisException("limit " + limit.rows() + ": the number of rows is negative");
    }
    return input.with(new ResolvedPlan.Limit(input.plan(), limit.rows()));
  }

  private Relation distinct(LogicalPlan.Distinct distinct) {
    Relation input = relation(distinct.input());
    StreamingInputs.refuse("DISTINCT", input.plan());
    for (NamedExpression column : input.columns()) {
      if (!column.expression().type().isFlat()) {
        throw Unsupported.nested(column.name(), column.expression().type());
      }
    }
    return input.with(new ResolvedPlan.Distinct(input.plan()));
  }

  /** Both sides are looked at first, so that their own errors are found. */
  private Relation join(LogicalPlan.Join join) {
    relation(join.left());
    relation(join.right());
    throw Unsupported.notYet(
        "JOIN (" + join.type().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")",
        "query each input by itself and put the results together in the application");
  }
}
