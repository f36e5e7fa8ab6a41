package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where queries live: tables and views, settings, running queries, memory. A JVM may have many;
 * they share nothing.
 */
public final class Session implements AutoCloseable {
  private final RuntimeConfig config;
  private final SessionEngine engine;
  private final UserFunctions userFunctions = new UserFunctions();

  Session(RuntimeConfig config, SessionEngine engine) {
    this.config = config;
    this.engine = engine;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A session with default settings. */
  public static Session open() {
    return builder().create();
  }

  public DataStreamReader readStream() {
    return new DataStreamReader(engine);
  }

  public DataFrameReader read() {
    return new DataFrameReader(engine);
  }

  /**
   * The result of {@code SELECT ...}, not yet computed.
   *
   * @throws AnalysisException with line, column and what was expected, or naming what does not
   *     exist
   */
  public DataFrame sql(String text) {
    return DataFrame.checked(engine, SqlParser.parseQuery(text));
  }

  /**
   * A table or view by name.
   *
   * @throws AnalysisException if there is none of that name
   */
  public DataFrame table(String name) {
    return DataFrame.checked(engine, new LogicalPlan.Table(name));
  }

  /**
   * A static frame of a few rows.
   *
   * @throws AnalysisException if a row has another number of values than the schema columns
   */
  public DataFrame createDataFrame(List<Row> rows, Schema schema) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != schema.size()) {
        throw new AnalysisException(
            "createDataFrame: row "
                + i
                + " has "
                + rows.get(i).size()
                + " values, the schema "
                + schema.size()
                + " columns: "
                + schema);
      }
    }
    return DataFrame.checked(engine, new LogicalPlan.LocalRows(schema, rows));
  }

  public Inlet inlet(String name, Schema schema) {
    return inlet(name, schema, InletOptions.defaults());
  }

  /**
   * A source that application threads append to.
   *
   * @throws AnalysisException if the session has an inlet of that name
   */
  public Inlet inlet(String name, Schema schema, InletOptions options) {
    return engine.inlet(name, schema, options);
  }

  /** A source for tests. */
  public MemoryStream memoryStream(Schema schema) {
    return engine.memoryStream(schema);
  }

  public QueryManager streams() {
    return engine.streams();
  }

  public UserFunctions udf() {
    return userFunctions;
  }

  public RuntimeConfig conf() {
    return config;
  }

  /** Stops all queries and gives all threads, files and memory back. */
  @Override
  public void close() {
    engine.close();
  }

  /** Collects a session's settings. */
  public static final class Builder {
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Builder() {}

    /** A name for logs and threads. */
    public Builder appName(String name) {
      return config("millrace.appName", name);
    }

    public Builder config(String key, Object value) {
      settings.put(key, value.toString());
      return this;
    }

    public Session create() {
      throw new UnsupportedOperationException("the engine is not wired to the session");
    }

    /** The same as {@link #create}: there is no static state to get a session from. */
    public Session getOrCreate() {
      return create();
    }
  }
}
