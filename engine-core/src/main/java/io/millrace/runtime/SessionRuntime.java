package io.millrace.runtime;

import io.millrace.InletOptions;
import io.millrace.QueryManager;
import io.millrace.StreamSpec;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.analysis.optimizer.ConstantFolder;
import io.millrace.physical.Closing;
import io.millrace.physical.EvaluatingFolder;
import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** What all queries of a session share, and the session's live inputs and tables. */
public final class SessionRuntime implements AutoCloseable {
  private final Connectors connectors;
  private final Storage storage;
  private final Clock clock;
  private final CrashPoints crashPoints;
  private final BufferAllocator allocator;
  private final Optional<SeededChoices> simulation;
  private final ListenerBus listeners;
  private final QueryRegistry queries;
  private final Map<String, InletQueue> inlets = new LinkedHashMap<>();
  private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
  private final List<MemoryBatches> memoryStreams = new ArrayList<>();
  private boolean closed;

  /**
   * @param allocator for everything off the heap; closed with the session
   * @param simulation of a session without threads
   */
  public SessionRuntime(
      Connectors connectors,
      Storage storage,
      Clock clock,
      CrashPoints crashPoints,
      Supplier<BufferAllocator> allocator,
      Optional<SeededChoices> simulation) {
    JvmFlags.check();
    this.connectors = connectors;
    this.storage = storage;
    this.clock = clock;
    this.crashPoints = crashPoints;
    this.simulation = simulation;
    this.listeners = new ListenerBus(simulation.isPresent());
    this.queries = new QueryRegistry(listeners);
    this.allocator = allocator.get();
  }

  public Connectors connectors() {
    return connectors;
  }

  /** What decides in a session without threads; empty in others. */
  Optional<SeededChoices> simulation() {
    return simulation;
  }

  UUID newId() {
    return simulation.map(SeededChoices::newId).orElseGet(UUID::randomUUID);
  }

  Storage storage() {
    return storage;
  }

  Clock clock() {
    return clock;
  }

  CrashPoints crashPoints() {
    return crashPoints;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Memory of one query, within its limit. */
  BufferAllocator newAllocator(String name, EngineSettings settings) {
    return allocator.newChildAllocator(name, 0, settings.memoryLimitBytes());
  }

  /** Who drives a query: nobody else than the caller where there are no threads. */
  Threads threads(StreamSpec spec) {
    return simulation().isPresent() ? Threads.CALLER : spec.threads();
  }

  ListenerBus listeners() {
    return listeners;
  }

  QueryRegistry registry() {
    return queries;
  }

  /**
   * Does something that needs constants to be computed, in memory that is given back afterwards.
   */
  public <T> T folding(boolean ansi, Function<ConstantFolder, T> work) {
    try (BufferAllocator scratch =
        allocator.newChildAllocator("constant folding", 0, Long.MAX_VALUE)) {
      return work.apply(new EvaluatingFolder(scratch, ansi));
    }
  }

  public QueryManager queries() {
    return queries;
  }

  /** Off-heap bytes that the session holds now. */
  public long memoryBytes() {
    return allocator.getAllocatedMemory();
  }

  /**
   * @throws AnalysisException if the session has an inlet of that name
   */
  public synchronized InletQueue newInlet(String name, Schema schema, InletOptions options) {
    requireOpen();
    schema.requireUniqueNames();
    if (inlets.containsKey(key(name))) {
      throw new AnalysisException(
          "the session has an inlet named " + name + "; choose another name");
    }
    InletQueue inlet = new InletQueue(name, schema, withoutWaiting(options), allocator);
    inlets.put(key(name), inlet);
    return inlet;
  }

  /** Without threads a wait for room would never end. */
  private InletOptions withoutWaiting(InletOptions options) {
    return simulation.isPresent() && options.whenFull() == InletOptions.WhenFull.BLOCK
        ? options.withWhenFull(InletOptions.WhenFull.RETURN_FULL)
        : options;
  }

  /** The inlet of that name; null if there is none. */
  public synchronized InletQueue inlet(String name) {
    return inlets.get(key(name));
  }

  /** A new memory stream; its number names it in plans. */
  public synchronized int newMemoryStream(Schema schema) {
    requireOpen();
    memoryStreams.add(new MemoryBatches(schema.requireUniqueNames(), allocator));
    return memoryStreams.size() - 1;
  }

  public synchronized MemoryBatches memoryStream(int number) {
    return memoryStreams.get(number);
  }

  /** The table of that name that queries have written. */
  public synchronized Optional<MemoryTable> table(String name) {
    return Optional.ofNullable(tables.get(key(name)));
  }

  /** The names of all tables that queries have written. */
  public synchronized List<String> tableNames() {
    return List.copyOf(tables.keySet());
  }

  /** The table of that name, made if there is none, emptied if its columns are others. */
  synchronized MemoryTable tableFor(String name, Schema schema) {
    MemoryTable table = tables.get(key(name));
    if (table == null || !table.schema().equals(schema)) {
      table = new MemoryTable(schema);
      tables.put(key(name), table);
    }
    return table;
  }

  /** Takes a table away; nothing happens if there is none. */
  synchronized void dropTable(String name) {
    tables.remove(key(name));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Starts a streaming query. */
  public StreamingQuery start(StreamRequest request, EngineSettings settings) {
    requireOpen();
    return new QueryStarter(this, settings).start(request);
  }

  /** Checks a streaming query as far as that can be done without writing; how it would run. */
  public String describe(StreamRequest request, EngineSettings settings) {
    requireOpen();
    return new QueryStarter(this, settings).describe(request);
  }

  /** Runs a bounded plan to its end. */
  public List<Row> collect(BoundedRequest request, EngineSettings settings) {
    requireOpen();
    return new BoundedRun(this, settings).collect(request);
  }

  /** Runs a bounded plan to its end, into a sink. */
  public void write(BoundedRequest request, EngineSettings settings) {
    requireOpen();
    new BoundedRun(this, settings).write(request);
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new AnalysisException("the session is closed");
    }
  }

  /**
   * Stops all queries and gives everything back; does nothing the second time.
   *
   * @throws IllegalStateException if off-heap memory was not given back
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      queries.requireOutside();
      closed = true;
    }
    queries.close(); // if one does not end, the memory that it uses is kept
    Closing closing = new Closing();
    inlets.values().forEach(inlet -> closing.close(inlet::free));
    closing.close(allocator);
    closing.throwFirst();
  }
}
