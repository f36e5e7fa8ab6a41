package io.millrace;

import io.millrace.analysis.Analyzer;
import io.millrace.analysis.Catalog;
import io.millrace.analysis.OperatorList;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.optimizer.Optimizer;
import io.millrace.plan.LogicalPlan;
import io.millrace.runtime.BoundedRequest;
import io.millrace.runtime.Connectors;
import io.millrace.runtime.EngineSettings;
import io.millrace.runtime.InletQueue;
import io.millrace.runtime.MemoryTable;
import io.millrace.runtime.SeededChoices;
import io.millrace.runtime.SessionFormats;
import io.millrace.runtime.SessionRuntime;
import io.millrace.runtime.StreamRequest;
import io.millrace.spi.Clock;
import io.millrace.spi.Options;
import io.millrace.spi.SourceProvider;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Leads plans from the API through analysis to the runtime of this process. */
final class LocalEngine implements SessionEngine {
  private final RuntimeConfig config;
  private final SessionRuntime runtime;
  private final Map<String, LogicalPlan> views = new ConcurrentHashMap<>();

  LocalEngine(RuntimeConfig config) {
    this(config, new LocalStorage(), Clock.SYSTEM, CrashPoints.NONE);
  }

  LocalEngine(RuntimeConfig config, Storage storage, Clock clock, CrashPoints crashPoints) {
    this(config, storage, clock, crashPoints, RootAllocator::new, Optional.empty());
  }

  /**
   * In a world of the caller's own.
   *
   * @param allocator made once the JVM was found to have what Arrow needs; closed with the engine
   * @param simulation if there are to be no threads
   */
  LocalEngine(
      RuntimeConfig config,
      Storage storage,
      Clock clock,
      CrashPoints crashPoints,
      Supplier<BufferAllocator> allocator,
      Optional<SeededChoices> simulation) {
    this.config = config;
    settings(); // wrong settings are refused before anything is opened
    this.runtime =
        new SessionRuntime(Connectors.find(), storage, clock, crashPoints, allocator, simulation);
  }

  @Override
  public SessionRuntime runtime() {
    return runtime;
  }

  private EngineSettings settings() {
    return EngineSettings.of(config.getAll());
  }

  /** Views first, then tables that queries have written. */
  private final class SessionCatalog implements Catalog {
    @Override
    public Optional<LogicalPlan> table(String name) {
      LogicalPlan view = views.get(name.toLowerCase(Locale.ROOT));
      return view != null ? Optional.of(view) : runtime.table(name).map(SessionCatalog::rowsOf);
    }

    private static LogicalPlan rowsOf(MemoryTable table) {
      return new LogicalPlan.LocalRows(table.schema(), table.rows());
    }

    @Override
    public Collection<String> names() {
      Collection<String> names = new TreeSet<>(views.keySet());
      names.addAll(runtime.tableNames());
      return names;
    }
  }

  private Schema scanSchema(LogicalPlan.Scan scan) {
    return switch (scan.format()) {
      case SessionFormats.INLET, SessionFormats.MEMORY_STREAM -> scan.schema().orElseThrow();
      default -> {
        SourceProvider provider = runtime.connectors().source(scan.format());
        Options options =
            new Options(
                "source " + scan.name() + " (" + scan.format() + ")", scan.connectorOptions());
        options.requireKnown(provider.options());
        yield provider.schema(scan.schema(), options, scan.streaming());
      }
    };
  }

  private ResolvedPlan analyze(LogicalPlan plan) {
    return new Analyzer(new SessionCatalog(), this::scanSchema, settings().ansi()).analyze(plan);
  }

  private ResolvedPlan optimized(LogicalPlan plan) {
    ResolvedPlan analyzed = analyze(plan);
    return runtime.folding(settings().ansi(), folder -> new Optimizer(folder).optimize(analyzed));
  }

  @Override
  public Schema schema(LogicalPlan plan) {
    return analyze(plan).schema();
  }

  @Override
  public boolean isStreaming(LogicalPlan plan) {
    return isStreaming(analyze(plan));
  }

  private static boolean isStreaming(ResolvedPlan plan) {
    return plan instanceof ResolvedPlan.Scan scan
        ? scan.scan().streaming()
        : plan.inputs().stream().anyMatch(LocalEngine::isStreaming);
  }

  @Override
  public List<Row> collect(LogicalPlan plan) {
    return runtime.collect(BoundedRequest.collecting(optimized(plan)), settings());
  }

  @Override
  public String explain(LogicalPlan plan, boolean extended) {
    ResolvedPlan analyzed = analyze(plan);
    StringBuilder text = new StringBuilder();
    if (extended) {
      text.append("== Analyzed plan ==\n").append(OperatorList.tree(analyzed));
    }
    return text.append("== Optimized plan ==\n")
        .append(OperatorList.tree(optimized(plan)))
        .toString();
  }

  @Override
  public void registerView(String name, LogicalPlan plan) {
    views.put(name.toLowerCase(Locale.ROOT), plan);
  }

  @Override
  public StreamingQuery start(StreamSpec spec) {
    return runtime.start(request(spec, false), settings());
  }

  @Override
  public String describe(StreamSpec spec) {
    return runtime.describe(request(spec, true), settings());
  }

  private StreamRequest request(StreamSpec spec, boolean extended) {
    ResolvedPlan plan = optimized(spec.plan());
    return new StreamRequest(
        spec,
        plan,
        OperatorList.of(plan),
        explain(spec.plan(), extended).stripTrailing(),
        config.get(EngineSettings.PIPELINE));
  }

  @Override
  public void write(WriteSpec spec) {
    ResolvedPlan plan = optimized(spec.plan());
    Map<String, String> options = new LinkedHashMap<>(spec.options());
    String format = spec.format();
    if (spec.table().isPresent()) {
      format = SessionFormats.MEMORY;
      options.put("table", spec.table().get());
    } else if (runtime.connectors().sink(format).options().contains("mode")) {
      options.put("mode", spec.mode().optionText());
    }
    runtime.write(new BoundedRequest(plan, format, options, spec.partitionBy()), settings());
  }

  @Override
  public Inlet inlet(String name, Schema schema, InletOptions options) {
    InletQueue queue = runtime.newInlet(name, schema, options);
    LogicalPlan scan =
        new LogicalPlan.Scan(name, SessionFormats.INLET, Optional.of(schema), Map.of(), true);
    DataFrame frame = DataFrame.checked(this, scan);
    views.putIfAbsent(name.toLowerCase(Locale.ROOT), scan);
    return new SessionInlet(queue, frame);
  }

  @Override
  public MemoryStream memoryStream(Schema schema) {
    int number = runtime.newMemoryStream(schema);
    LogicalPlan scan =
        new LogicalPlan.Scan(
            "memory",
            SessionFormats.MEMORY_STREAM,
            Optional.of(schema),
            Map.of(SessionFormats.NUMBER, Integer.toString(number)),
            true);
    return new SessionMemoryStream(runtime.memoryStream(number), DataFrame.checked(this, scan));
  }

  @Override
  public QueryManager streams() {
    return runtime.queries();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
