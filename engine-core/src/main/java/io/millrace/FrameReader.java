package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the readers of static and of streaming input have in common. */
abstract sealed class FrameReader<R extends FrameReader<R>>
    permits DataFrameReader, DataStreamReader {
  private final FrameRunner runner;
  private final boolean streaming;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private String format;
  private Schema schema;

  FrameReader(FrameRunner runner, boolean streaming) {
    this.runner = runner;
    this.streaming = streaming;
  }

  abstract R self();

  /** The name of a connector on the class path: json, csv, rate, kafka... */
  public R format(String name) {
    format = name;
    return self();
  }

  /** The input's columns; formats that know their own need none. */
  public R schema(Schema columns) {
    schema = columns;
    return self();
  }

  /**
   * @param ddl such as {@code "deviceId STRING, timestamp TIMESTAMP"}
   * @throws AnalysisException naming the position where the text is no schema
   */
  public R schema(String ddl) {
    return schema(Schema.parse(ddl));
  }

  /** An option of the connector; the key in any case. */
  public R option(String key, Object value) {
    options.put(key, value.toString());
    return self();
  }

  public R options(Map<String, ?> all) {
    all.forEach(this::option);
    return self();
  }

  /**
   * @throws AnalysisException if there is no such format, an option is wrong or the input is not
   *     there
   */
  public DataFrame load() {
    if (format == null) {
      throw new AnalysisException(
          (streaming ? "readStream" : "read") + ": which format? say .format(\"json\")");
    }
    return DataFrame.checked(
        runner,
        new LogicalPlan.Scan(format, format, Optional.ofNullable(schema), options, streaming));
  }

  public DataFrame load(String path) {
    return option("path", path).load();
  }

  public DataFrame json(String path) {
    return format("json").load(path);
  }

  public DataFrame csv(String path) {
    return format("csv").load(path);
  }

  public DataFrame text(String path) {
    return format("text").load(path);
  }

  public DataFrame parquet(String path) {
    return format("parquet").load(path);
  }

  public DataFrame arrow(String path) {
    return format("arrow").load(path);
  }

  /** A table or view of the session. */
  public DataFrame table(String name) {
    return DataFrame.checked(runner, new LogicalPlan.Table(name));
  }
}
