package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a static frame's rows, all of them, once. */
public final class DataFrameWriter {
  private final FrameRunner runner;
  private final LogicalPlan plan;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private SaveMode mode = SaveMode.ERROR_IF_EXISTS;
  private List<String> partitionBy = List.of();
  private String format;

  DataFrameWriter(FrameRunner runner, LogicalPlan plan) {
    this.runner = runner;
    this.plan = plan;
  }

  /** The name of a connector on the class path. */
  public DataFrameWriter format(String name) {
    format = name;
    return this;
  }

  public DataFrameWriter mode(SaveMode what) {
    mode = what;
    return this;
  }

  /**
   * @param name append, overwrite, ignore or error
   */
  public DataFrameWriter mode(String name) {
    return mode(SaveMode.parse(name));
  }

  public DataFrameWriter option(String key, Object value) {
    options.put(key, value.toString());
    return this;
  }

  public DataFrameWriter options(Map<String, ?> all) {
    all.forEach(this::option);
    return this;
  }

  /** Columns whose values name the output's sub-folders. */
  public DataFrameWriter partitionBy(String... columns) {
    partitionBy = List.of(columns);
    return this;
  }

  /**
   * @throws AnalysisException if anything about it is wrong; then nothing was written
   */
  public void save() {
    if (format == null) {
      throw new AnalysisException("write: which format? say .format(\"json\")");
    }
    runner.write(new WriteSpec(plan, format, options, mode, partitionBy, Optional.empty()));
  }

  public void save(String path) {
    option("path", path).save();
  }

  /** Writes a table of the session; without a format one in memory. */
  public void saveAsTable(String name) {
    runner.write(
        new WriteSpec(
            plan,
            format == null ? "memory" : format,
            options,
            mode,
            partitionBy,
            Optional.of(name)));
  }

  public void json(String path) {
    format("json").save(path);
  }

  public void csv(String path) {
    format("csv").save(path);
  }

  public void parquet(String path) {
    format("parquet").save(path);
  }
}
