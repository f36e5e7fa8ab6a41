package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.runtime.SeededChoices;
import io.millrace.runtime.SessionRuntime;
import io.millrace.spi.Clock;
import io.millrace.sql.SqlParser;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.SimulatedDisk;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;

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

  /**
   * A session for tests of queries. Nothing in it runs by itself: queries are driven by {@link
   * StreamingQuery#poll} and {@link StreamingQuery#processAllAvailable} on the caller's thread,
   * whatever {@link DataStreamWriter#threads} says, and commits, snapshots and listeners run there
   * too. Time is the clock's: triggers, continuous intervals, idle timeouts and the rate source
   * follow it. Files are read from the disk but written in memory, checkpoints among them, and are
   * gone with the session.
   *
   * @param seed decides what is left open: which of an inlet's writers comes first, and where rows
   *     that have arrived are cut into batches; the same seed decides the same
   */
  public static Session simulated(ManualClock clock, long seed) {
    return builder().simulated(clock, seed).create();
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

  SessionRuntime runtime() {
    return engine.runtime();
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
    /** Journals that write through a storage, and sources that are asked in every step. */
    private static final Map<String, String> WITHOUT_THREADS =
        Map.of("millrace.journal", "file", "millrace.pollingDelay", "0 seconds");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private ManualClock clock;
    private long seed;
    private boolean filesOnDisk;

    private Builder() {}

    /** A name for logs and threads. */
    public Builder appName(String name) {
      return config("millrace.appName", name);
    }

    public Builder config(String key, Object value) {
      settings.put(key, value.toString());
      return this;
    }

    /** Makes it a session for tests; see {@link Session#simulated}. */
    public Builder simulated(ManualClock time, long decides) {
      clock = time;
      seed = decides;
      return this;
    }

    /** A simulated session writes files where they are named, as other sessions do. */
    public Builder filesOnDisk() {
      filesOnDisk = true;
      return this;
    }

    public Session create() {
      if (clock == null) {
        RuntimeConfig config = new RuntimeConfig(settings);
        return new Session(config, new LocalEngine(config));
      }
      Storage disk = new LocalStorage();
      Storage storage = filesOnDisk ? disk : new SimulatedDisk(disk, clock::nowUs);
      return simulated(settings, storage, clock, CrashPoints.NONE, new SeededChoices(seed, true));
    }

    /** A session without threads in a world of the caller's own. */
    static Session simulated(
        Map<String, String> settings,
        Storage storage,
        Clock clock,
        CrashPoints crashPoints,
        SeededChoices choices) {
      Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      all.putAll(settings);
      all.putAll(WITHOUT_THREADS);
      RuntimeConfig config = new RuntimeConfig(all);
      return new Session(
          config,
          new LocalEngine(
              config, storage, clock, crashPoints, RootAllocator::new, Optional.of(choices)));
    }

    /** The same as {@link #create}: there is no static state to get a session from. */
    public Session getOrCreate() {
      return create();
    }
  }
}
