package io.millrace.runtime;

import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.FrontPipeline;
import io.millrace.physical.KeyedPart;
import io.millrace.physical.LateRows;
import io.millrace.physical.OrderedGroups;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Pipeline;
import io.millrace.physical.PipelineContext;
import io.millrace.physical.RowAppender;
import io.millrace.physical.Scope;
import io.millrace.physical.StatefulStage;
import io.millrace.physical.WatermarkClock;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.spi.Clock;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;

/** Decides on how many threads a query runs and builds the way between them. */
final class TransportBuilder {
  private final EngineSettings settings;
  private final BufferAllocator allocator;
  private final List<SourceDriver> sources;
  private final SinkDriver sink;
  private final Clock clock;
  private final ResultRules rules;

  TransportBuilder(
      EngineSettings settings,
      ResultRules rules,
      BufferAllocator allocator,
      List<SourceDriver> sources,
      SinkDriver sink,
      Clock clock) {
    this.settings = settings;
    this.rules = rules;
    this.allocator = allocator;
    this.sources = sources;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Whether threads change between source, pipelines and sink.
   *
   * @param severalBatches whether an epoch may have more than one, also one of an earlier run
   */
  boolean isStaged(PhysicalPlan plan, Trigger trigger, Threads threads, boolean severalBatches) {
    boolean exchanged = isExchanged(plan, severalBatches || trigger instanceof Trigger.Continuous);
    if (threads == Threads.CALLER || !plan.isRowByRow() && !exchanged) {
      return false;
    }
    return switch (settings.execution()) {
      case FUSED -> false;
      case STAGED -> true;
      case AUTO ->
          settings.parallelism() > 1
              && !(trigger instanceof Trigger.Continuous)
              && sources.stream().anyMatch(SourceDriver::decodes);
    };
  }

  /**
   * Whether several threads keep the groups of one operator. Rows that are late by the watermark
   * before them, and batches that follow each other without an epoch's end, need the rows in order.
   */
  private boolean isExchanged(PhysicalPlan plan, boolean severalBatches) {
    return plan.exchange().isPresent() && rules.lateness() == Lateness.BATCH && !severalBatches;
  }

  String describeRing(PhysicalPlan plan) {
    return "sequencer > [ring of "
        + settings.sizes().ringSlots()
        + " slots] > "
        + settings.parallelism()
        + " pipelines > "
        + (plan.isRowByRow() ? "" : settings.parallelism() + " owners of keys > ")
        + "sink";
  }

  /**
   * @param holds whether rows wait at the sink until {@link Transport#release}
   */
  Transport fused(PhysicalPlan plan, boolean holds) {
    Scope scope = new Scope();
    try {
      Slot slot = newSlot(plan);
      scope.own(slot::close);
      SinkStage output = scope.own(newSinkStage(plan));
      LateRowRecorder lateRows =
          sink.takesLateRows() ? scope.own(new LateRowRecorder(allocator)) : null;
      EventTime eventTime = new EventTime(plan, rules.watermarkPolicy());
      HeldRows held = holds ? scope.own(newHeldRows(plan)) : null;
      PipelineContext context = newContext(plan, lateRows, eventTime.clock()); // plan.build owns it
      PipelineRunner runner = newRunner(plan.build(context, output));
      sink.hold(held);
      scope.keep();
      return new FusedTransport(slot, runner, output, sink, lateRows, eventTime, held, clock);
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private HeldRows newHeldRows(PhysicalPlan plan) {
    RowAppender appender = newAppender();
    try {
      return new HeldRows(new Pages(allocator, plan.schema(), settings.sizes().rows()), appender);
    } catch (RuntimeException | Error e) {
      appender.close();
      throw e;
    }
  }

  Transport ring(PhysicalPlan plan, QueryThreads threads, BooleanSupplier stopped) {
    Scope scope = new Scope();
    try {
      BlockingQueue<EpochResult> results = new ArrayBlockingQueue<>(1);
      RingRoles roles = scope.own(roles(plan, results));
      RowAppender appender = scope.own(newAppender());
      RingTransport transport =
          new RingTransport(
              () -> newSlot(plan),
              settings.sizes(),
              roles,
              results,
              appender,
              settings.waitPolicy(),
              threads,
              stopped);
      scope.keep();
      return transport;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private RingRoles roles(PhysicalPlan plan, BlockingQueue<EpochResult> results) {
    Optional<ResolvedPlan.Aggregate> exchange =
        plan.isRowByRow() ? Optional.empty() : plan.exchange();
    Scope scope = new Scope();
    try {
      List<FrontRole> fronts = new ArrayList<>();
      List<KeyedRole> owners = new ArrayList<>();
      for (int i = 0; i < settings.parallelism(); i++) {
        fronts.add(scope.own(front(plan, exchange)));
        if (exchange.isPresent()) {
          owners.add(scope.own(owner(plan, exchange.get(), i)));
        }
      }
      LastRole last =
          exchange.isPresent()
              ? lastBehind(plan, exchange.get(), fronts, owners, results)
              : new LastRole(
                  sink,
                  new EventTime(plan, rules.watermarkPolicy()),
                  new OperatorStates(List.of(), List.of(), clock),
                  null,
                  null,
                  null,
                  null,
                  results);
      scope.keep();
      return new RingRoles(fronts, owners, last);
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private FrontRole front(PhysicalPlan plan, Optional<ResolvedPlan.Aggregate> exchange) {
    Scope scope = new Scope();
    try {
      PageStage pages = scope.own(new PageStage(newAppender()));
      LateRowRecorder lateRows =
          sink.takesLateRows() ? scope.own(new LateRowRecorder(allocator)) : null;
      PipelineContext context = newContext(plan, lateRows, null);
      FrontPipeline front = exchange.map(cut -> plan.buildBefore(cut, context, pages)).orElse(null);
      Pipeline pipeline = front == null ? plan.build(context, pages) : front.pipeline();
      FrontRole role = new FrontRole(newRunner(pipeline), pages, front, lateRows);
      scope.keep();
      return role;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private KeyedRole owner(PhysicalPlan plan, ResolvedPlan.Aggregate exchange, int part) {
    return new KeyedRole(
        plan.buildPart(exchange, newContext(plan, null, null)),
        part,
        settings.parallelism(),
        new EventTime(plan, rules.watermarkPolicy()));
  }

  private LastRole lastBehind(
      PhysicalPlan plan,
      ResolvedPlan.Aggregate exchange,
      List<FrontRole> fronts,
      List<KeyedRole> owners,
      BlockingQueue<EpochResult> results) {
    Scope scope = new Scope();
    try {
      SinkStage output = scope.own(newSinkStage(plan));
      LateRowRecorder lateRows =
          sink.takesLateRows() ? scope.own(new LateRowRecorder(allocator)) : null;
      Pipeline behind =
          scope.own(plan.buildBehind(exchange, newContext(plan, lateRows, null), output));
      List<KeyedPart> parts = owners.stream().map(KeyedRole::groups).toList();
      List<List<StatefulStage>> operators = new ArrayList<>();
      operators.add(parts.stream().map(KeyedPart::operator).toList());
      behind.stateful().forEach(stage -> operators.add(List.of(stage)));
      LastRole last =
          new LastRole(
              sink,
              new EventTime(plan, rules.watermarkPolicy()),
              new OperatorStates(
                  operators, fronts.stream().map(FrontRole::lateCounters).toList(), clock),
              scope.own(new OrderedGroups(allocator, settings.sizes().rows(), parts, behind)),
              behind,
              output,
              lateRows,
              results);
      scope.keep();
      return last;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private SinkStage newSinkStage(PhysicalPlan plan) {
    RowAppender appender = newAppender();
    try {
      Block dense = Block.allocate(allocator, plan.schema(), settings.sizes().rows());
      return new SinkStage(appender, dense, sink, lendsArrow());
    } catch (RuntimeException | Error e) {
      appender.close();
      throw e;
    }
  }

  /** Whether the sink would show other queries' blocks as Arrow data. */
  private boolean lendsArrow() {
    return sink.sink() instanceof ArrowFunctionSink
        && sources.stream().anyMatch(SourceDriver::isLive);
  }

  private RowAppender newAppender() {
    return new RowAppender(allocator, evaluationRows());
  }

  /**
   * Rows of the largest block that stages may see; those of inlets do not depend on the settings.
   */
  private int evaluationRows() {
    boolean live = sources.stream().anyMatch(SourceDriver::isLive);
    return live
        ? Math.max(settings.sizes().rows(), BlockSizes.DEFAULT_ROWS)
        : settings.sizes().rows();
  }

  private PipelineContext newContext(
      PhysicalPlan plan, LateRowRecorder lateRows, WatermarkClock eventTimeClock) {
    return new PipelineContext(
        new EvaluationContext(allocator, evaluationRows(), settings.ansi()),
        rules.emission(),
        plan.watermarks().size(),
        lateRows == null ? LateRows.IGNORED : lateRows,
        rules.lateness() == Lateness.ROW ? eventTimeClock : null);
  }

  private PipelineRunner newRunner(Pipeline pipeline) {
    return new PipelineRunner(
        allocator, sources, pipeline, new RejectRecorder(), settings.sizes().rows());
  }

  private Slot newSlot(PhysicalPlan plan) {
    Pages[] rejects = new Pages[sources.size()];
    for (int i = 0; i < rejects.length; i++) {
      if (sink.takesRejects(i)) {
        rejects[i] = new Pages(allocator, RejectRecorder.SCHEMA, RejectRecorder.ROWS_PER_PAGE);
      }
    }
    Optional<ResolvedPlan.Aggregate> exchange =
        plan.isRowByRow() ? Optional.empty() : plan.exchange();
    return new Slot(
        sources.size(),
        newPages(exchange.map(PhysicalPlan::exchangedSchema).orElse(plan.schema())),
        rejects,
        sink.takesLateRows() ? LateRowRecorder.newPages(allocator) : null,
        plan.watermarks().size());
  }

  private Pages newPages(Schema schema) {
    return new Pages(allocator, schema, settings.sizes().rows());
  }
}
