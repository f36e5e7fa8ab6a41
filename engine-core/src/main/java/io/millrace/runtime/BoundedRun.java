package io.millrace.runtime;

import io.millrace.Trigger;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Scope;
import io.millrace.spi.Clock;
import io.millrace.spi.Sink;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/** Runs plans over static input to their end, on the caller's thread: all of it is one epoch. */
final class BoundedRun {
  private final SessionRuntime session;
  private final EngineSettings settings;
  private final Clock clock;

  BoundedRun(SessionRuntime session, EngineSettings settings) {
    this.session = session;
    this.settings = settings;
    this.clock = session.clock();
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
      BufferAllocator allocator = scope.own(session.newAllocator("static " + id, settings));
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
}
