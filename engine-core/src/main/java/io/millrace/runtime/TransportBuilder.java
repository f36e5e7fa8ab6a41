package io.millrace.runtime;

import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.physical.LateRows;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Pipeline;
import io.millrace.physical.PipelineContext;
import io.millrace.physical.WatermarkClock;
import io.millrace.physical.RowAppender;
import io.millrace.physical.Scope;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.spi.Clock;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;

/** Decides on how many threads a query runs and builds the way between them. */
final class TransportBuilder {
  private final EngineSettings settings;
  private final BufferAllocator allocator;
  private final List<SourceDriver> sources;
  private final SinkDriver sink;
  private final Clock clock;
  private final ResultRules output;

  TransportBuilder(
      EngineSettings settings,
      ResultRules output,
      BufferAllocator allocator,
      List<SourceDriver> sources,
      SinkDriver sink,
      Clock clock) {
    this.settings = settings;
    this.output = output;
    this.allocator = allocator;
    this.sources = sources;
    this.sink = sink;
    this.clock = clock;
  }

  /** Whether threads change between source, pipelines and sink. */
  boolean isStaged(PhysicalPlan plan, Trigger trigger, Threads threads) {
    if (threads == Threads.CALLER || !plan.isRowByRow()) {
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

  String describeRing() {
    return "sequencer > [ring of "
        + settings.sizes().ringSlots()
        + " slots] > "
        + settings.parallelism()
        + " pipelines > sink";
  }

  Transport fused(PhysicalPlan plan) {
    Scope scope = new Scope();
    try {
      Slot slot = newSlot(plan);
      scope.own(slot::close);
      RowAppender appender = scope.own(newAppender());
      Block dense = scope.own(Block.allocate(allocator, plan.schema(), settings.sizes().rows()));
      SinkStage output = new SinkStage(appender, dense, sink, lendsArrow());
      LateRowRecorder lateRows =
          sink.takesLateRows() ? scope.own(new LateRowRecorder(allocator)) : null;
      EventTime eventTime = new EventTime(plan, settings.watermarkPolicy());
      PipelineContext context = newContext(plan, lateRows, eventTime.clock());
      PipelineRunner runner = newRunner(plan.build(context, output));
      scope.keep();
      return new FusedTransport(slot, runner, output, sink, lateRows, eventTime, clock);
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  Transport ring(PhysicalPlan plan, QueryThreads threads, BooleanSupplier stopped) {
    Scope scope = new Scope();
    try {
      List<PipelineRunner> runners = new ArrayList<>();
      List<PageStage> outputs = new ArrayList<>();
      for (int i = 0; i < settings.parallelism(); i++) {
        PageStage output = scope.own(new PageStage(newAppender()));
        outputs.add(output);
        runners.add(scope.own(newRunner(plan.build(newContext(plan, null, null), output))));
      }
      RowAppender appender = scope.own(newAppender());
      RingTransport transport =
          new RingTransport(
              () -> newSlot(plan),
              settings.sizes(),
              runners,
              outputs,
              sink,
              appender,
              settings.waitPolicy(),
              threads,
              clock,
              stopped);
      scope.keep();
      return transport;
    } catch (RuntimeException | Error e) {
      scope.close(e);
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
        output.emission(),
        plan.watermarks().size(),
        lateRows == null ? LateRows.IGNORED : lateRows,
        output.lateness() == Lateness.ROW ? eventTimeClock : null);
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
    return new Slot(
        sources.size(), new Pages(allocator, plan.schema(), settings.sizes().rows()), rejects);
  }
}
