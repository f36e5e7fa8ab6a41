package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Describes where a streaming frame's rows go and when, and starts the query. */
public final class DataStreamWriter {
  private static final String CHECKPOINT_LOCATION = "checkpointLocation";
  private static final String LATENESS = "lateness";
  private static final String LATE_ROWS_TO = "lateRowsTo";

  private final FrameRunner runner;
  private final LogicalPlan plan;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private OutputMode outputMode = OutputMode.APPEND;
  private Trigger trigger = Trigger.DEFAULT;
  private Threads threads = Threads.ENGINE;
  private String format;
  private String queryName;
  private String table;
  private List<String> partitionBy = List.of();
  private Callback callback;

  DataStreamWriter(FrameRunner runner, LogicalPlan plan) {
    this.runner = runner;
    this.plan = plan;
  }

  public DataStreamWriter outputMode(OutputMode mode) {
    outputMode = mode;
    return this;
  }

  /**
   * @param mode append, update or complete
   */
  public DataStreamWriter outputMode(String mode) {
    return outputMode(OutputMode.parse(mode));
  }

  /** The name of a connector on the class path: console, json, memory, kafka... */
  public DataStreamWriter format(String name) {
    format = name;
    return this;
  }

  /**
   * An option of the connector, or one of the query's own: {@code checkpointLocation}, the folder
   * from which it goes on after a restart; {@code lateness}, {@code batch} if a row is late by the
   * watermark that the previous batch left, {@code row} if by the watermark before the row; {@code
   * lateRowsTo}, where rows that came too late are written, {@code json:late/} for example.
   */
  public DataStreamWriter option(String key, Object value) {
    options.put(key, value.toString());
    return this;
  }

  public DataStreamWriter options(Map<String, ?> all) {
    all.forEach(this::option);
    return this;
  }

  /** A name, unique among the session's active queries. */
  public DataStreamWriter queryName(String name) {
    queryName = name;
    return this;
  }

  /** Columns whose values name the output's sub-folders. */
  public DataStreamWriter partitionBy(String... columns) {
    partitionBy = List.of(columns);
    return this;
  }

  public DataStreamWriter trigger(Trigger when) {
    trigger = when;
    return this;
  }

  public DataStreamWriter foreach(ForeachWriter<Row> writer) {
    return callback(new Callback.Foreach(writer));
  }

  public DataStreamWriter foreachBatch(BatchFunction function) {
    return callback(
        new Callback.EachEpoch(
            (schema, rows, epoch) ->
                function.accept(
                    new DataFrame(runner, new LogicalPlan.LocalRows(schema, rows)), epoch)));
  }

  public DataStreamWriter foreachRow(RowFunction function) {
    return callback(new Callback.EachRow(function));
  }

  public DataStreamWriter foreachArrow(ArrowFunction function) {
    return callback(new Callback.EachArrowBatch(function));
  }

  private DataStreamWriter callback(Callback sink) {
    if (callback != null) {
      throw new AnalysisException(
          "writeStream: two callbacks; start one query for each, or call both from one");
    }
    callback = sink;
    return this;
  }

  /** Who drives the query; the engine's own threads unless said otherwise. */
  public DataStreamWriter threads(Threads who) {
    threads = who;
    return this;
  }

  /**
   * Starts the query.
   *
   * @throws AnalysisException if anything about it is wrong; then nothing was started or written
   */
  public StreamingQuery start() {
    return runner.start(spec());
  }

  /**
   * How the query would run: its plans, its threads, its guarantee.
   *
   * @throws AnalysisException if it cannot be started; nothing was started or written
   */
  public String describe() {
    return runner.describe(spec());
  }

  public StreamingQuery start(String path) {
    return option("path", path).start();
  }

  /** Starts a query that writes a table; without a format one in memory. */
  public StreamingQuery toTable(String name) {
    table = name;
    if (format == null) {
      format = "memory";
    }
    return start();
  }

  OutputMode outputMode() {
    return outputMode;
  }

  /**
   * @throws AnalysisException if a simulation cannot run it
   */
  void requireSimulated() {
    if (format != null || callback != null) {
      throw new AnalysisException(
          "simulation: the query has a sink; take it away, the simulation takes the rows itself");
    }
    if (trigger.bounded()) {
      throw new AnalysisException(
          "simulation: trigger " + trigger + " ends the query before its input comes; use another");
    }
  }

  private StreamSpec spec() {
    if (format == null && callback == null) {
      throw new AnalysisException(
          "writeStream: where to? say .format(\"console\"), or .foreachRow(...)");
    }
    if (format != null && callback != null) {
      throw new AnalysisException(
          "writeStream: format " + format + " and a callback; a query has one sink, take one away");
    }
    Map<String, String> sinkOptions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sinkOptions.putAll(options);
    Optional<String> checkpoint = Optional.ofNullable(sinkOptions.remove(CHECKPOINT_LOCATION));
    Optional<String> lateness = Optional.ofNullable(sinkOptions.remove(LATENESS));
    Optional<String> lateRowsTo = Optional.ofNullable(sinkOptions.remove(LATE_ROWS_TO));
    return new StreamSpec(
        plan,
        format == null ? "" : format,
        sinkOptions,
        outputMode,
        trigger,
        Optional.ofNullable(queryName),
        partitionBy,
        checkpoint,
        lateness,
        lateRowsTo,
        Optional.ofNullable(table),
        Optional.ofNullable(callback),
        threads);
  }
}
