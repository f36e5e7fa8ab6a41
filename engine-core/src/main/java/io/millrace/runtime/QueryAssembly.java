package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Scope;
import io.millrace.spi.Clock;
import io.millrace.spi.Sink;
import io.millrace.state.ingest.IngestJournal;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journals;
import io.millrace.state.offsets.Commit;
import io.millrace.state.snapshot.SnapshotThread;
import io.millrace.state.snapshot.StateStore;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a running query together from what was opened for it. */
final class QueryAssembly {
  private final SessionRuntime session;
  private final EngineSettings settings;
  private final Clock clock;
  private final OpenedQuery query;
  private final StreamSpec spec;

  QueryAssembly(SessionRuntime session, EngineSettings settings, OpenedQuery query) {
    this.session = session;
    this.settings = settings;
    this.clock = session.clock();
    this.query = query;
    this.spec = query.spec();
  }

  /**
   * @param scope owns what is opened on the way
   */
  RunningQuery assemble(Scope scope) {
    StopSignal stop = new StopSignal();
    QueryThreads threads = new QueryThreads(query.identity().label(), settings.stopTimeout());
    TransportBuilder builder =
        new TransportBuilder(
            settings,
            ResultRules.of(spec.outputMode(), query.rules()),
            query.allocator(),
            query.sources(),
            query.sink(),
            clock);
    boolean writesInput = writesInput();
    boolean staged =
        builder.isStaged(query.plan(), spec.trigger(), session.threads(spec), writesInput);
    // What follows from input whose place in the journal is not on the disk must not be seen.
    boolean careful =
        writesInput
            && settings.journal().durability() == Durability.DISK
            && query.sink().sink().delivery() != Sink.Delivery.IDEMPOTENT_BY_EPOCH;
    Transport transport =
        scope.own(
            staged
                ? builder.ring(query.plan(), threads, stop)
                : builder.fused(query.plan(), careful));
    query.checkpoint().ifPresent(log -> restoreState(log, transport));
    InputLog input = null;
    if (writesInput) {
      input = scope.own(openInput(careful && staged));
      query.checkpoint().flatMap(CheckpointLog::uncommittedPlan).ifPresent(input::requireInputOf);
      input.restore();
    }
    Sequencer sequencer = new Sequencer(query.sources(), transport, input, stop);
    boolean polls = query.sources().stream().anyMatch(source -> !source.isLive());
    PollPacing pacing = new PollPacing(clock, settings.pollingDelay(), polls);
    ProgressReporter progress =
        new ProgressReporter(
            query.identity(),
            query.sources(),
            input,
            query.sink(),
            transport,
            session.listeners(),
            clock,
            query.guarantee(),
            new StorageReport(
                query.space().pauses(), query.checkpoint().flatMap(CheckpointLog::cut)));
    Waker waker = new Waker(clock);
    if (settings.waitPolicy() == WaitPolicy.PARK && session.threads(spec) == Threads.ENGINE) {
      query.sources().stream()
          .filter(SourceDriver::isLive)
          .forEach(source -> source.live().onArrival(waker::wake));
    }
    Optional<Committer> committer =
        commitsAside(transport)
            ? Optional.of(scope.own(new Committer(threads, waker::wake)))
            : Optional.empty();
    QueryParts parts =
        new QueryParts(
            threads,
            sequencer,
            query.sink(),
            query.log(),
            committer,
            query.space(),
            query.allocator(),
            describe(query.request(), query.plan(), builder, staged, query.guarantee()),
            query.guarantee());
    query.space().watch(query.identity().label(), query.location(), stop);
    QueryLoop.PlannerFactory planners =
        listener -> {
          EpochEnd ends =
              new EpochEnd(
                  sequencer,
                  query.log(),
                  committer.orElse(null),
                  session.crashPoints(),
                  clock,
                  listener);
          return planner(sequencer, ends, pacing, waker, listener);
        };
    return new RunningQuery(
        query.identity(),
        parts,
        progress,
        onEnd ->
            new QueryLoop(
                query.identity(),
                parts,
                planners,
                progress,
                settings.waitPolicy(),
                waker,
                stop,
                onEnd),
        session.threads(spec) == Threads.CALLER,
        session.simulation().isPresent(),
        settings.stopTimeout(),
        session.registry()::ended);
  }

  /** Whether the input is written down as it is taken in, or was by an earlier run. */
  private boolean writesInput() {
    return query.checkpoint().isPresent()
        && (StreamRules.isContinuous(spec)
            || query.hasLiveInput()
            || Journals.exists(
                session.storage(), IngestJournal.directory(query.location().orElseThrow())));
  }

  private InputLog openInput(boolean eager) {
    return new InputLog(
        IngestJournal.open(
            query.location().orElseThrow(),
            query.space().storage(),
            settings.ingest(),
            session.crashPoints(),
            query.allocator(),
            InputLog.inputs(query.sources())),
        query.sources(),
        query.checkpoint().orElseThrow().ingested(),
        eager);
  }

  /**
   * Whether epochs become safe on a thread of their own: where rows must not wait for it, and no
   * source is asked anything in the course of it.
   */
  private boolean commitsAside(Transport transport) {
    return StreamRules.isContinuous(spec)
        && session.simulation().isEmpty()
        && query.checkpoint().isPresent()
        && transport.canMark()
        && query.sources().stream().allMatch(SourceDriver::isLive);
  }

  private void restoreState(CheckpointLog log, Transport transport) {
    Optional<Commit> commit = log.lastCommit();
    long watermarkUs = commit.map(Commit::watermarkUs).orElse(Commit.NO_WATERMARK);
    transport.restore(watermarkUs, log.eventTimes());
    OperatorStates operators = transport.operators();
    if (!operators.isEmpty()) {
      Path directory = query.location().orElseThrow();
      StateStore store =
          StateStore.open(
              directory,
              query.space().storage(),
              JournalFlags.usable(settings.state()),
              settings.snapshots(),
              session.crashPoints(),
              query.allocator(),
              clock::nanoTime,
              operators.descriptions(),
              log.committedEpoch(),
              commit.map(Commit::stateSequence).orElse(Commit.NO_STATE),
              snapshotThread(directory));
      operators.restore(store, watermarkUs, query.allocator());
    }
  }

  private SnapshotThread snapshotThread(Path directory) {
    return session.simulation().isPresent()
        ? SnapshotThread.ofCaller()
        : SnapshotThread.named(
            "snapshots-" + directory.getFileName(), settings.snapshots().memoryBytes());
  }

  private Planner planner(
      Sequencer sequencer, EpochEnd ends, PollPacing pacing, Waker waker, EpochListener listener) {
    if (session.simulation().map(SeededChoices::replays).orElse(false)) {
      return new ReplayPlanner(sequencer, query.log(), ends, clock);
    }
    if (spec.trigger() instanceof Trigger.Continuous continuous) {
      return new ContinuousPlanner(
          sequencer,
          query.log(),
          ends,
          clock,
          continuous.checkpointInterval(),
          settings.ingestMaxBytes(),
          pacing,
          waker,
          listener);
    }
    MicroBatchPlanner planner =
        new MicroBatchPlanner(
            sequencer, query.log(), ends, spec.trigger(), clock, pacing, listener, false);
    planner.fixEndOfInput();
    return planner;
  }

  /** The plan, the threads and the guarantee, in lines. */
  static String describe(
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
}
