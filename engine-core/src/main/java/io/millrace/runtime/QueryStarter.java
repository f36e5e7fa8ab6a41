package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.StreamingQuery;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Scope;
import io.millrace.spi.Clock;
import io.millrace.spi.Sink;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts queries: checks what can be checked, opens what a query needs, and gives it all back if
 * that fails.
 */
final class QueryStarter {
  private static final Logger LOG = LoggerFactory.getLogger(QueryStarter.class);
  private static final String CREATED_BY = "millrace";

  private final SessionRuntime session;
  private final EngineSettings settings;
  private final Clock clock;

  QueryStarter(SessionRuntime session, EngineSettings settings) {
    this.session = session;
    this.settings = settings;
    this.clock = session.clock();
  }

  StreamingQuery start(StreamRequest request) {
    StreamSpec spec = request.spec();
    PhysicalPlan plan = new PhysicalPlan(request.plan());
    StreamRules.check(spec, plan);
    session.registry().requireFreeName(spec.queryName().orElse(null));
    Scope scope = new Scope();
    try {
      UUID runId = session.newId();
      BufferAllocator allocator =
          scope.own(
              session.newAllocator("query " + spec.queryName().orElse(runId.toString()), settings));
      DiskSpace space = new DiskSpace(session.storage(), clock, settings.diskReserveBytes());
      SourceOpener sourceOpener = new SourceOpener(session, settings, space.storage(), allocator);
      Optional<Path> location = spec.checkpointLocation().map(Path::of);
      Optional<CheckpointMetadata> earlier =
          location.flatMap(directory -> Checkpoint.find(directory, session.storage()));
      boolean begun = earlier.isPresent();
      List<SourceDriver> sources =
          sourceOpener.open(
              plan, true, location.map(directory -> new QueryCheckpoint(directory, begun)));
      sources.forEach(scope::own);
      EventTimeRules rules = rules(spec, earlier);
      CheckpointMetadata metadata =
          newMetadata(request, fingerprint(request, plan, rules), sources);
      CheckpointLog log =
          begun ? scope.own(openLog(location.get(), metadata, space.storage())) : null;
      UUID id = begun ? log.queryId() : metadata.queryId();
      QueryIdentity identity = new QueryIdentity(id, runId, spec.queryName().orElse(null));
      SinkOpener sinkOpener =
          new SinkOpener(session, settings, space.storage(), allocator, identity);
      Sink sink = scope.own(sinkOpener.open(spec, plan.schema()));
      Sink[] rejectSinks = sinkOpener.openSideSinks(plan, spec.lateRowsTo());
      for (Sink rejectSink : rejectSinks) {
        scope.own(rejectSink);
      }
      if (!begun && location.isPresent()) {
        // Last, so that a query that is refused leaves no checkpoint behind.
        log = scope.own(openLog(location.get(), metadata, space.storage()));
        requireOwn(log, id, location.get());
      }
      if (log != null) {
        log.restore(sources);
      }
      SinkDriver sinkDriver = new SinkDriver(sink, rejectSinks, session.crashPoints(), clock);
      sinkDriver.resume();
      String guarantee = guarantee(log != null, sink, sources);
      OpenedQuery opened =
          new OpenedQuery(
              request,
              plan,
              rules,
              identity,
              sources,
              sinkDriver,
              Optional.ofNullable(log),
              space,
              guarantee,
              allocator);
      RunningQuery query = new QueryAssembly(session, settings, opened).assemble(scope);
      sources.stream().filter(SourceDriver::isLive).forEach(source -> source.live().start());
      session.registry().add(query);
      scope.keep();
      long committedEpoch = log == null ? -1 : log.committedEpoch();
      session.listeners().started(identity, instant(clock.nowUs()), committedEpoch);
      query.start();
      return query;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      if (e instanceof MillraceException failure) {
        throw notStarted(failure);
      }
      throw e;
    }
  }

  /** What keeps a query from starting is found by analysis, whoever must act on it. */
  private static MillraceException notStarted(MillraceException failure) {
    return failure instanceof AnalysisException || failure.code() == ErrorCode.BUG
        ? failure
        : new AnalysisException(failure.code(), failure.getMessage(), failure);
  }

  /** Checks a query as far as that can be done without writing, and says how it would run. */
  String describe(StreamRequest request) {
    StreamSpec spec = request.spec();
    PhysicalPlan plan = new PhysicalPlan(request.plan());
    StreamRules.check(spec, plan);
    UUID id = session.newId();
    Scope scope = new Scope();
    String description;
    try {
      BufferAllocator allocator = scope.own(session.newAllocator("description " + id, settings));
      List<SourceDriver> sources =
          new SourceOpener(session, settings, session.storage(), allocator)
              .open(plan, true, Optional.empty());
      sources.forEach(scope::own);
      Optional<Path> location = spec.checkpointLocation().map(Path::of);
      location.ifPresent(directory -> Checkpoint.requireUsable(directory, session.storage()));
      Optional<CheckpointMetadata> earlier =
          location.flatMap(directory -> Checkpoint.find(directory, session.storage()));
      EventTimeRules rules = rules(spec, earlier);
      earlier.ifPresent(
          old ->
              old.requireSameQuery(
                  location.get(), fingerprint(request, plan, rules), sources.size()));
      UUID queryId = earlier.map(CheckpointMetadata::queryId).orElse(id);
      QueryIdentity identity = new QueryIdentity(queryId, id, spec.queryName().orElse(null));
      SinkOpener sinks = new SinkOpener(session, settings, session.storage(), allocator, identity);
      Sink sink = scope.own(sinks.open(spec, plan.schema()));
      Sink[] rejectSinks = sinks.openSideSinks(plan, spec.lateRowsTo());
      for (Sink rejectSink : rejectSinks) {
        scope.own(rejectSink);
      }
      SinkDriver driver = new SinkDriver(sink, rejectSinks, session.crashPoints(), clock);
      TransportBuilder builder =
          new TransportBuilder(
              settings,
              ResultRules.of(spec.outputMode(), rules),
              allocator,
              sources,
              driver,
              clock);
      description =
          QueryAssembly.describe(
              request,
              plan,
              builder,
              builder.isStaged(plan, spec.trigger(), session.threads(spec), false),
              guarantee(spec.checkpointLocation().isPresent(), sink, sources));
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
    scope.close(null);
    return description;
  }

  private String guarantee(boolean checkpoint, Sink sink, List<SourceDriver> sources) {
    return Guarantee.of(
        checkpoint,
        settings.journal().durability(),
        sink.delivery(),
        sources.stream().anyMatch(SourceDriver::isLive));
  }

  private CheckpointMetadata newMetadata(
      StreamRequest request, List<String> fingerprint, List<SourceDriver> sources) {
    return new CheckpointMetadata(
        session.newId(),
        CREATED_BY,
        fingerprint,
        sources.stream().map(source -> source.source().description()).toList(),
        request.spec().format(),
        request.pipeline(),
        request.pipeline().flatMap(file -> request.spec().queryName()));
  }

  private CheckpointLog openLog(Path directory, CheckpointMetadata metadata, Storage storage) {
    return new CheckpointLog(
        Checkpoint.open(
            directory,
            metadata,
            storage,
            JournalFlags.usable(settings.journal()),
            session.crashPoints()));
  }

  /** The sinks know the id already; another process may have begun the checkpoint meanwhile. */
  private static void requireOwn(CheckpointLog log, UUID id, Path directory) {
    if (!log.queryId().equals(id)) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "checkpoint "
              + directory
              + ": another process began it while this query started; start the query again");
    }
  }

  private EventTimeRules rules(StreamSpec spec, Optional<CheckpointMetadata> earlier) {
    Optional<EventTimeRules> begun = earlier.flatMap(EventTimeRules::of);
    EventTimeRules asked =
        new EventTimeRules(
            spec.lateness()
                .map(Lateness::parse)
                .or(settings::lateness)
                .or(() -> begun.map(EventTimeRules::lateness))
                .orElse(StreamRules.isContinuous(spec) ? Lateness.ROW : Lateness.BATCH),
            settings.watermarkPolicy());
    EventTimeRules rules = begun.orElse(asked);
    if (!rules.equals(asked)) {
      LOG.warn(
          "checkpoint {} goes on with {}, not with {}",
          spec.checkpointLocation().orElseThrow(),
          rules.line(),
          asked.line());
    }
    return rules;
  }

  /** Whatever must not change between two starts. */
  private static List<String> fingerprint(
      StreamRequest request, PhysicalPlan plan, EventTimeRules rules) {
    if (plan.watermarks().isEmpty()) {
      return request.fingerprint();
    }
    List<String> lines = new ArrayList<>(request.fingerprint());
    lines.add(rules.line());
    return lines;
  }

  private static Instant instant(long us) {
    return Instant.ofEpochSecond(
        Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L);
  }
}
