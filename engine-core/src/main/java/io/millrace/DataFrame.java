package io.millrace;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.spi.Durations;
import io.millrace.spi.TableText;
import io.millrace.sql.SqlParser;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows with named columns, described but not computed: static ones, which are there when they are
 * asked for, or streaming ones, which come while a query runs. Frames do not change; every method
 * that says what to compute returns a new one and checks it at once.
 *
 * <p>Everything that takes names or expressions throws {@link AnalysisException} when one does not
 * exist or has the wrong type.
 */
public final class DataFrame {
  private static final int SHOWN_ROWS = 20;
  private static final int SHOWN_CHARACTERS = 20;

  private final FrameRunner runner;
  private final LogicalPlan plan;

  DataFrame(FrameRunner runner, LogicalPlan plan) {
    this.runner = runner;
    this.plan = plan;
  }

  /**
   * A frame of a plan that is known to be right.
   *
   * @throws AnalysisException if it is not
   */
  static DataFrame checked(FrameRunner runner, LogicalPlan plan) {
    runner.schema(plan);
    return new DataFrame(runner, plan);
  }

  LogicalPlan plan() {
    return plan;
  }

  private DataFrame next(LogicalPlan plan) {
    return checked(runner, plan);
  }

  public DataFrame select(Column... columns) {
    return next(new LogicalPlan.Project(plan, expressions(columns)));
  }

  public DataFrame select(String first, String... more) {
    return select(columns(first, more));
  }

  /**
   * Columns given as items of a SELECT list: {@code "deviceId"}, {@code "a + 1 AS b"}, {@code "*"}.
   */
  public DataFrame selectExpr(String... items) {
    return next(
        new LogicalPlan.Project(
            plan, Arrays.stream(items).map(SqlParser::parseSelectItem).toList()));
  }

  /** Rows for which the condition is true, neither false nor null. */
  public DataFrame filter(Column condition) {
    return next(new LogicalPlan.Filter(plan, condition.expression()));
  }

  /**
   * @param condition SQL such as {@code "temperature > 100 AND deviceId LIKE 'a%'"}
   */
  public DataFrame filter(String condition) {
    return filter(Functions.expr(condition));
  }

  public DataFrame where(Column condition) {
    return filter(condition);
  }

  public DataFrame where(String condition) {
    return filter(condition);
  }

  /** Adds a column, or replaces the one of that name. */
  public DataFrame withColumn(String name, Column value) {
    return next(new LogicalPlan.WithColumn(plan, name, value.expression()));
  }

  public DataFrame withColumnRenamed(String from, String to) {
    return next(new LogicalPlan.WithColumnRenamed(plan, from, to));
  }

  /** Leaves columns out; a name that does not exist is ignored. */
  public DataFrame drop(String... names) {
    return next(new LogicalPlan.Drop(plan, List.of(names)));
  }

  /** A name for the columns to be qualified by, {@code col("r.id")}. */
  public DataFrame as(String alias) {
    return next(new LogicalPlan.SubqueryAlias(plan, alias));
  }

  public GroupedData groupBy(Column... keys) {
    return new GroupedData(runner, plan, expressions(keys));
  }

  public GroupedData groupBy(String first, String... more) {
    return groupBy(columns(first, more));
  }

  /**
   * Groups by a key that the application computes.
   *
   * @throws AnalysisException always, so far
   */
  public GroupedData groupByKey(Function<Row, ?> key) {
    throw notYet("groupByKey", "compute the key with withColumn and use groupBy");
  }

  /** Aggregates over all rows. */
  public DataFrame agg(Column first, Column... more) {
    return groupBy().agg(first, more);
  }

  /**
   * Says which column is the event time and how long to wait for rows that come late.
   *
   * @param delay such as {@code "10 seconds"}
   */
  public DataFrame withWatermark(String column, String delay) {
    return withWatermark(column, delay, WatermarkOptions.of());
  }

  /** The same, also saying what to do about inputs that fall silent and clocks that run ahead. */
  public DataFrame withWatermark(String column, String delay, WatermarkOptions options) {
    long delayUs = Durations.parseUs(delay);
    if (delayUs < 0) {
      throw new AnalysisException(
          "withWatermark " + column + ": the delay is " + delay + ", it must not be negative");
    }
    return next(
        new LogicalPlan.Watermark(
            plan, column, delayUs, options.idleTimeoutUs(), options.maxFutureSkewUs()));
  }

  /** The same with the delay as a duration. */
  public DataFrame withWatermark(String column, Duration delay) {
    return withWatermark(column, Durations.text(delay));
  }

  /** Each distinct row once. */
  public DataFrame distinct() {
    return next(new LogicalPlan.Distinct(plan));
  }

  /** The same as {@link #distinct}. */
  public DataFrame dropDuplicates() {
    return distinct();
  }

  /**
   * One row for each combination of values in those columns.
   *
   * @throws AnalysisException always, so far
   */
  public DataFrame dropDuplicates(String first, String... more) {
    throw notYet(
        "dropDuplicates by columns",
        "select those columns and use distinct, or groupBy them and take first of the others");
  }

  /**
   * One row for each combination of values, as far back as the watermark.
   *
   * @throws AnalysisException always, so far
   */
  public DataFrame dropDuplicatesWithinWatermark(String... columns) {
    throw notYet(
        "dropDuplicatesWithinWatermark", "drop duplicates in foreachBatch or behind the sink");
  }

  private static AnalysisException notYet(String what, String wayOut) {
    return new AnalysisException(what + " is not supported yet; " + wayOut);
  }

  /** Pairs of rows for which the condition is true. */
  public DataFrame join(DataFrame right, Column on) {
    return join(right, on, "inner");
  }

  /**
   * @param type inner, left, right, full, left_semi or left_anti
   */
  public DataFrame join(DataFrame right, Column on, String type) {
    return next(
        new LogicalPlan.Join(
            plan, right.plan, JoinTypes.parse(type), Optional.of(on.expression()), List.of()));
  }

  /** Pairs of rows that are equal in those columns, which stand once in the result, first. */
  public DataFrame join(DataFrame right, List<String> using, String type) {
    if (using.isEmpty()) {
      throw new AnalysisException("join: no columns to join by; name at least one");
    }
    return next(
        new LogicalPlan.Join(plan, right.plan, JoinTypes.parse(type), Optional.empty(), using));
  }

  /** All rows of both frames; columns are matched by position. */
  public DataFrame union(DataFrame other) {
    return next(new LogicalPlan.Union(List.of(plan, other.plan)));
  }

  /** At most that many rows. */
  public DataFrame limit(long rows) {
    if (rows < 0) {
      throw new AnalysisException("limit: " + rows + " rows, it must not be negative");
    }
    return next(new LogicalPlan.Limit(plan, rows));
  }

  public DataFrame orderBy(Column... keys) {
    return next(new LogicalPlan.Sort(plan, Arrays.stream(keys).map(Column::sortOrder).toList()));
  }

  public DataFrame orderBy(String first, String... more) {
    return orderBy(columns(first, more));
  }

  /** Says where a streaming frame's rows go. */
  public DataStreamWriter writeStream() {
    if (!isStreaming()) {
      throw new AnalysisException("writeStream: this frame is static; use write()");
    }
    return new DataStreamWriter(runner, plan);
  }

  /** Says where a static frame's rows go. */
  public DataFrameWriter write() {
    requireStatic("write");
    return new DataFrameWriter(runner, plan);
  }

  /** Prints the first 20 rows, values cut to 20 characters. */
  public void show() {
    show(SHOWN_ROWS);
  }

  public void show(int rows) {
    show(rows, SHOWN_CHARACTERS);
  }

  public void show(boolean truncate) {
    show(SHOWN_ROWS, truncate);
  }

  public void show(int rows, boolean truncate) {
    show(rows, truncate ? SHOWN_CHARACTERS : 0);
  }

  /**
   * Prints rows as a table.
   *
   * @param rows at the most
   * @param truncate characters per value; 0 for all, left-aligned
   */
  public void show(int rows, int truncate) {
    requireStatic("show");
    int shown = Math.max(0, rows);
    List<Row> firstRows = runner.collect(new LogicalPlan.Limit(plan, shown + 1L));
    System.out.println(TableText.of(schema(), firstRows, shown, truncate));
  }

  /** All rows; the result must fit into memory. */
  public List<Row> collect() {
    requireStatic("collect");
    return runner.collect(plan);
  }

  /** The number of rows. */
  public long count() {
    requireStatic("count");
    return runner.collect(groupBy().count().plan).getFirst().getLong(0);
  }

  private void requireStatic(String method) {
    if (isStreaming()) {
      throw new AnalysisException(
          method + ": this frame is streaming and has no end; use writeStream()");
    }
  }

  public Schema schema() {
    return runner.schema(plan);
  }

  public void printSchema() {
    System.out.println(SchemaText.tree(schema()));
  }

  public void explain() {
    explain(false);
  }

  /**
   * Prints how the frame would be computed.
   *
   * @param extended also the plan as it was written
   */
  public void explain(boolean extended) {
    System.out.println(runner.explain(plan, extended));
  }

  /** Gives the frame a name for SQL; an older view of that name is replaced. */
  public void createOrReplaceTempView(String name) {
    runner.registerView(name, plan);
  }

  /** Whether any input is unbounded. */
  public boolean isStreaming() {
    return runner.isStreaming(plan);
  }

  private static List<Expression> expressions(Column[] columns) {
    return Arrays.stream(columns).map(Column::expression).toList();
  }

  private static Column[] columns(String first, String[] more) {
    List<Column> columns = new ArrayList<>();
    columns.add(Functions.col(first));
    for (String name : more) {
      columns.add(Functions.col(name));
    }
    return columns.toArray(Column[]::new);
  }
}
