package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Scope;
import io.millrace.spi.Clock;
import io.millrace.spi.Sink;
import io.millrace.state.ingest.IngestJournal;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journals;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.snapshot.SnapshotThread;
import io.millrace.state.snapshot.StateStore;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
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
 * Puts a query together: checks what can be checked, opens what it needs, and gives it all back if
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
          scope.own(newAllocator("query " + spec.queryName().orElse(runId.toString())));
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
      RunningQuery query =
          assemble(
              request,
              plan,
              rules,
              identity,
              sources,
              sinkDriver,
              log == null ? EpochLog.NONE : log,
              space,
              new StorageReport(space.pauses(), log == null ? Optional.empty() : log.cut()),
              guarantee,
              allocator,
              scope);
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
      BufferAllocator allocator = scope.own(newAllocator("description " + id));
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
          describe(
              request,
              plan,
              builder,
              builder.isStaged(plan, spec.trigger(), threads(spec)),
              guarantee(spec.checkpointLocation().isPresent(), sink, sources));
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
    scope.close(null);
    return description;
  }

  private static String describe(
      StreamRequest request,
      PhysicalPlan plan,
      TransportBuilder builder,
      boolean staged,
      String guarantee) {
    return request.explanation()
        + "\n"
        + (staged ? builder.describeRing(plan) : "one thread, no ring")
        + "\nguarantee: "
        + guarantee;
  }

  private String guarantee(boolean checkpoint, Sink sink, List<SourceDriver> sources) {
    return Guarantee.of(
        checkpoint,
        settings.journal().durability(),
        sink.delivery(),
        sources.stream().anyMatch(SourceDriver::isLive));
  }

  private BufferAllocator newAllocator(String name) {
    return session.allocator().newChildAllocator(name, 0, settings.memoryLimitBytes());
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

  private RunningQuery assemble(
      StreamRequest request,
      PhysicalPlan plan,
      EventTimeRules rules,
      QueryIdentity identity,
      List<SourceDriver> sources,
      SinkDriver sink,
      EpochLog log,
      DiskSpace space,
      StorageReport storageReport,
      String guarantee,
      BufferAllocator allocator,
      Scope scope) {
    StreamSpec spec = request.spec();
    StopSignal stop = new StopSignal();
    QueryThreads threads = new QueryThreads(identity.label(), settings.stopTimeout());
    TransportBuilder builder =
        new TransportBuilder(
            settings, ResultRules.of(spec.outputMode(), rules), allocator, sources, sink, clock);
    boolean staged = builder.isStaged(plan, spec.trigger(), threads(spec));
    boolean writesInput = log != EpochLog.NONE && writesInput(spec, sources);
    // What follows from input whose place in the journal is not on the disk must not be seen.
    boolean careful =
        writesInput
            && settings.journal().durability() == Durability.DISK
            && sink.sink().delivery() != Sink.Delivery.IDEMPOTENT_BY_EPOCH;
    Transport transport =
        scope.own(staged ? builder.ring(plan, threads, stop) : builder.fused(plan, careful));
    InputLog input = null;
    if (log instanceof CheckpointLog checkpoint) {
      Path location = Path.of(spec.checkpointLocation().get());
      restoreState(checkpoint, transport, location, space, allocator);
      if (writesInput) {
        input =
            scope.own(
                openInput(checkpoint, sources, location, space, allocator, careful && staged));
        input.restore();
      }
    }
    Sequencer sequencer = new Sequencer(sources, transport, input, stop);
    boolean polls = sources.stream().anyMatch(source -> !source.isLive());
    PollPacing pacing = new PollPacing(clock, settings.pollingDelay(), polls);
    ProgressReporter progress =
        new ProgressReporter(
            identity, sources, input, sink, session.listeners(), clock, guarantee, storageReport);
    Waker waker = new Waker(clock);
    if (settings.waitPolicy() == WaitPolicy.PARK && threads(spec) == Threads.ENGINE) {
      sources.stream()
          .filter(SourceDriver::isLive)
          .forEach(source -> source.live().onArrival(waker::wake));
    }
    String description = describe(request, plan, builder, staged, guarantee);
    Optional<Committer> committer =
        commitsAside(spec, sources, transport, log)
            ? Optional.of(scope.own(new Committer(threads, waker::wake)))
            : Optional.empty();
    QueryParts parts =
        new QueryParts(
            threads, sequencer, sink, log, committer, space, allocator, description, guarantee);
    space.watch(identity.label(), spec.checkpointLocation().map(Path::of), stop);
    QueryLoop.PlannerFactory planners =
        listener -> {
          EpochEnd ends =
              new EpochEnd(
                  sequencer, log, committer.orElse(null), session.crashPoints(), clock, listener);
          return planner(spec.trigger(), sequencer, log, ends, pacing, waker, listener);
        };
    return new RunningQuery(
        identity,
        parts,
        progress,
        onEnd ->
            new QueryLoop(
                identity, parts, planners, progress, settings.waitPolicy(), waker, stop, onEnd),
        threads(spec) == Threads.CALLER,
        session.simulation().isPresent(),
        settings.stopTimeout(),
        session.registry()::ended);
  }

  /** Whether the input is written down as it is taken in, or was by an earlier run. */
  private boolean writesInput(StreamSpec spec, List<SourceDriver> sources) {
    Path ingest = IngestJournal.directory(Path.of(spec.checkpointLocation().get()));
    return isContinuous(spec)
        || sources.stream().anyMatch(SourceDriver::isLive)
        || Journals.exists(session.storage(), ingest);
  }

  private InputLog openInput(
      CheckpointLog log,
      List<SourceDriver> sources,
      Path location,
      DiskSpace space,
      BufferAllocator allocator,
      boolean eager) {
    return new InputLog(
        IngestJournal.open(
            location,
            space.storage(),
            settings.ingest(),
            session.crashPoints(),
            allocator,
            InputLog.inputs(sources)),
        sources,
        log.ingested(),
        eager);
  }

  /**
   * Whether epochs become safe on a thread of their own: where rows must not wait for it, and no
   * source is asked anything in the course of it.
   */
  private boolean commitsAside(
      StreamSpec spec, List<SourceDriver> sources, Transport transport, EpochLog log) {
    return isContinuous(spec)
        && session.simulation().isEmpty()
        && log != EpochLog.NONE
        && transport.canMark()
        && sources.stream().allMatch(SourceDriver::isLive);
  }

  private EventTimeRules rules(StreamSpec spec, Optional<CheckpointMetadata> earlier) {
    Optional<EventTimeRules> begun = earlier.flatMap(EventTimeRules::of);
    EventTimeRules asked =
        new EventTimeRules(
            spec.lateness()
                .map(Lateness::parse)
                .or(settings::lateness)
                .or(() -> begun.map(EventTimeRules::lateness))
                .orElse(isContinuous(spec) ? Lateness.ROW : Lateness.BATCH),
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

  /** Who drives the query: nobody else than the caller where there are no threads. */
  private Threads threads(StreamSpec spec) {
    return session.simulation().isPresent() ? Threads.CALLER : spec.threads();
  }

  private static boolean isContinuous(StreamSpec spec) {
    return spec.trigger() instanceof Trigger.Continuous;
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

  private void restoreState(
      CheckpointLog log,
      Transport transport,
      Path directory,
      DiskSpace space,
      BufferAllocator allocator) {
    Optional<Commit> commit = log.lastCommit();
    long watermarkUs = commit.map(Commit::watermarkUs).orElse(Commit.NO_WATERMARK);
    transport.restore(watermarkUs, log.eventTimes());
    OperatorStates operators = transport.operators();
    if (!operators.isEmpty()) {
      StateStore store =
          StateStore.open(
              directory,
              space.storage(),
              JournalFlags.usable(settings.journal()),
              settings.snapshots(),
              session.crashPoints(),
              allocator,
              clock::nanoTime,
              operators.descriptions(),
              log.committedEpoch(),
              commit.map(Commit::stateSequence).orElse(Commit.NO_STATE),
              snapshotThread(directory));
      operators.restore(store, watermarkUs, allocator);
    }
  }

  private SnapshotThread snapshotThread(Path directory) {
    return session.simulation().isPresent()
        ? SnapshotThread.ofCaller()
        : SnapshotThread.named(
            "snapshots-" + directory.getFileName(), settings.snapshots().memoryBytes());
  }

  private Planner planner(
      Trigger trigger,
      Sequencer sequencer,
      EpochLog log,
      EpochEnd ends,
      PollPacing pacing,
      Waker waker,
      EpochListener listener) {
    if (session.simulation().map(SeededChoices::replays).orElse(false)) {
      return new ReplayPlanner(sequencer, log, ends, clock);
    }
    if (trigger instanceof Trigger.Continuous continuous) {
      return new ContinuousPlanner(
          sequencer,
          log,
          ends,
          clock,
          continuous.checkpointInterval(),
          settings.ingestMaxBytes(),
          pacing,
          waker,
          listener);
    }
    MicroBatchPlanner planner =
        new MicroBatchPlanner(sequencer, log, ends, trigger, clock, pacing, listener, false);
    planner.fixEndOfInput();
    return planner;
  }

  /** Runs a bounded plan and returns its rows. */
  List<Row> collect(BoundedRequest request) {
    List<Row> rows = new ArrayList<>();
    runToEnd(
        request,
        (identity, allocator, plan) ->
            new EpochFunctionSink(plan.schema(), (schema, result, epoch) -> rows.addAll(result)));
    return rows;
  }

  /** Runs a bounded plan into a sink. */
  void write(BoundedRequest request) {
    runToEnd(
        request,
        (identity, allocator, plan) ->
            new SinkOpener(session, settings, session.storage(), allocator, identity)
                .openFormat(
                    request.format(),
                    request.options(),
                    Optional.empty(),
                    request.partitionBy(),
                    plan.schema()));
  }

  private interface SinkFactory {
    Sink open(QueryIdentity identity, BufferAllocator allocator, PhysicalPlan plan);
  }

  private void runToEnd(BoundedRequest request, SinkFactory sinks) {
    PhysicalPlan plan = new PhysicalPlan(request.plan());
    Scope scope = new Scope();
    try {
      UUID id = UUID.randomUUID();
      QueryIdentity identity = new QueryIdentity(id, id, null);
      BufferAllocator allocator = scope.own(newAllocator("static " + id));
      List<SourceDriver> sources =
          new SourceOpener(session, settings, session.storage(), allocator)
              .open(plan, false, Optional.empty());
      sources.forEach(scope::own);
      Sink sink = scope.own(sinks.open(identity, allocator, plan));
      SinkDriver driver =
          new SinkDriver(sink, new Sink[sources.size() + 1], session.crashPoints(), clock);
      TransportBuilder builder =
          new TransportBuilder(settings, ResultRules.BOUNDED, allocator, sources, driver, clock);
      Transport transport = scope.own(builder.fused(plan, false));
      Sequencer sequencer =
          new Sequencer(sources, transport, null, () -> Thread.currentThread().isInterrupted());
      Planner planner =
          new MicroBatchPlanner(
              sequencer,
              EpochLog.NONE,
              new EpochEnd(
                  sequencer, EpochLog.NONE, null, session.crashPoints(), clock, EpochListener.NONE),
              Trigger.once(),
              clock,
              new PollPacing(clock, settings.pollingDelay(), true),
              EpochListener.NONE,
              true);
      planner.step();
    } catch (StoppedException e) {
      MillraceException failure =
          new MillraceException(ErrorCode.RESOURCES, "interrupted while computing a frame", e);
      scope.close(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
    scope.close(null);
  }

  private static Instant instant(long us) {
    return Instant.ofEpochSecond(
        Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L);
  }
}
