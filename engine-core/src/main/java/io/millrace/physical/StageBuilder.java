package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.physical.expression.FilterEvaluator;
import io.millrace.state.table.KeyedGroups;
import io.millrace.state.table.KeyedSessions;
import io.millrace.state.table.SlidingGroups;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Builds one pipeline from the output back to the inputs. */
final class StageBuilder {
  private final PipelineContext pipeline;
  private final EvaluationContext context;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Stage> entries = new ArrayList<>();
  private final List<StatefulStage> stateful = new ArrayList<>();
  private int watermarkedInputs;
  private ResolvedPlan entered;

  StageBuilder(PipelineContext pipeline) {
    this.pipeline = pipeline;
    this.context = pipeline.evaluation();
  }

  Pipeline build(ResolvedPlan root, Stage output) {
    try {
      addInputsOf(root, output);
      return new Pipeline(pipeline, entries.toArray(Stage[]::new), stages, stateful.reversed());
    } catch (RuntimeException | Error e) {
      stages.reversed().forEach(Stage::close);
      pipeline.close();
      throw e;
    }
  }

  /** The stages behind an operator whose groups other threads keep: one entry, for its rows. */
  Pipeline buildBehind(ResolvedPlan.Aggregate exchange, ResolvedPlan root, Stage output) {
    entered = exchange;
    return build(root, output);
  }

  /** The stages before the exchange to the threads that keep an operator's groups. */
  FrontPipeline buildBefore(
      ResolvedPlan.Aggregate exchange, OperatorCounters counters, Stage output) {
    try {
      GroupInputs inputs = new GroupInputs(exchange.keys(), exchange.aggregates());
      ExchangeStage last =
          own(
              new ExchangeStage(
                  inputs.schema(),
                  placing(Panes.of(exchange, pipeline), inputs),
                  pipeline,
                  output));
      addGroupInputs(exchange, inputs, counters, last);
      Pipeline front = new Pipeline(pipeline, entries.toArray(Stage[]::new), stages, List.of());
      return new FrontPipeline(front, last, counters);
    } catch (RuntimeException | Error e) {
      stages.reversed().forEach(Stage::close);
      pipeline.close();
      throw e;
    }
  }

  /** One thread's part of an operator's groups. */
  KeyedPart buildPart(ResolvedPlan.Aggregate exchange) {
    GroupInputs inputs = new GroupInputs(exchange.keys(), exchange.aggregates());
    GroupStage groups;
    try {
      groups = groups(exchange, inputs, new OperatorCounters(), null);
    } catch (RuntimeException | Error e) {
      pipeline.close();
      throw e;
    }
    return new KeyedPart(pipeline, groups);
  }

  /** Adds the stages for a plan whose rows go to {@code next}; entries come out left to right. */
  private void addInputsOf(ResolvedPlan plan, Stage next) {
    if (plan == entered) {
      entries.add(next);
      return;
    }
    switch (plan) {
      case ResolvedPlan.Scan ignored -> entries.add(next);
      case ResolvedPlan.LocalRows ignored -> entries.add(next);
      case ResolvedPlan.Filter filter ->
          addInputsOf(
              filter.input(),
              own(new FilterStage(new FilterEvaluator(filter.condition(), context), next)));
      case ResolvedPlan.Project project -> addInputsOf(project.input(), project(project, next));
      case ResolvedPlan.Union union -> {
        Stage meeting = own(new UnionStage(union.inputs().size(), next));
        union.inputs().forEach(input -> addInputsOf(input, meeting));
      }
      case ResolvedPlan.Watermark watermark ->
          addInputsOf(
              watermark.input(),
              own(
                  new WatermarkStage(
                      watermarkedInputs++,
                      watermark.column(),
                      watermark.maxFutureSkewUs(),
                      pipeline,
                      next)));
      case ResolvedPlan.Limit limit ->
          addInputsOf(
              limit.input(),
              dense(
                  limit.schema(),
                  (appender, block) -> new LimitStage(limit.rows(), appender, block, next)));
      case ResolvedPlan.Aggregate aggregate -> addInputsOf(aggregate, next);
      case ResolvedPlan.Window window ->
          addInputsOf(window.input(), own(WindowStage.open(window, pipeline, next)));
      case ResolvedPlan.SessionAggregate sessions ->
          addInputsOf(sessions.input(), sessions(sessions, next));
      case ResolvedPlan.Sort sort ->
          addInputsOf(sort.input(), own(SortStage.open(sort, context, next)));
      case ResolvedPlan.Distinct distinct ->
          addInputsOf(distinct.input(), own(DistinctStage.open(distinct, context, next)));
    }
  }

  private void addInputsOf(ResolvedPlan.Aggregate plan, Stage next) {
    GroupInputs inputs = new GroupInputs(plan.keys(), plan.aggregates());
    OperatorCounters counters = new OperatorCounters();
    GroupStage groups = own(groups(plan, inputs, counters, next));
    stateful.add(groups);
    addGroupInputs(plan, inputs, counters, groups);
  }

  /** What stands before groups: what they need is computed, late rows are dropped before that. */
  private void addGroupInputs(
      ResolvedPlan.Aggregate plan, GroupInputs inputs, OperatorCounters counters, Stage groups) {
    Stage projection = project(inputs.columns(), inputs.schema(), groups);
    Optional<Panes> panes = Panes.of(plan, pipeline);
    if (panes.isPresent()) {
      Stage byPane = own(WindowStage.open(panes.get().plan(), pipeline, projection));
      Stage late = own(lateRows(plan, counters, new NoStage()));
      addInputsOf(plan.input().inputs().getFirst(), panes(panes.get().windows(), late, byPane));
    } else if (plan.eventTime().isEmpty() || pipeline.emission() == Emission.COMPLETE) {
      addInputsOf(plan.input(), projection);
    } else {
      addInputsOf(plan.input(), own(lateRows(plan, counters, projection)));
    }
  }

  private Stage panes(ResolvedPlan.Window windows, Stage late, Stage byPane) {
    Stage byWindow = own(WindowStage.open(windows, pipeline, late));
    Evaluator time = Evaluators.compile(windows.time(), context);
    return own(new PaneStage(time, windows.windows(), pipeline, byWindow, byPane));
  }

  private Stage lateRows(ResolvedPlan.Aggregate plan, OperatorCounters counters, Stage next) {
    ResolvedPlan.EventTimeKey key = plan.eventTime().orElseThrow();
    return new LateRowStage(
        GroupStage.OPERATOR_NAME,
        Evaluators.compile(plan.keys().get(key.key()).expression(), context),
        null,
        key.lengthUs(),
        pipeline,
        counters,
        next);
  }

  /** The columns that say which thread keeps a group. */
  private static int[] placing(Optional<Panes> panes, GroupInputs inputs) {
    int[] keyColumns = inputs.keyColumns();
    return panes.map(present -> present.placing(keyColumns)).orElse(keyColumns);
  }

  /**
   * @param next null if another thread takes what they give out
   */
  private GroupStage groups(
      ResolvedPlan.Aggregate plan, GroupInputs inputs, OperatorCounters counters, Stage next) {
    Optional<Panes> panes = Panes.of(plan, pipeline);
    return new GroupStage(
        inputs.keyColumns(),
        placing(panes, inputs),
        plan.aggregates().size(),
        panes.isPresent() ? byPane(panes.get(), inputs) : byKey(plan, inputs),
        pipeline,
        counters,
        plan.schema(),
        next);
  }

  private KeyedGroups byKey(ResolvedPlan.Aggregate plan, GroupInputs inputs) {
    return new KeyedGroups(
        context.allocator(),
        inputs.keys(),
        inputs.aggregates(),
        GroupTime.closing(plan, pipeline.emission()),
        pipeline.emission() == Emission.UPDATE,
        context.ansi(),
        context.rowCapacity());
  }

  private SlidingGroups byPane(Panes panes, GroupInputs inputs) {
    return new SlidingGroups(
        context.allocator(),
        panes.savedKeys(inputs.keys()),
        inputs.aggregates(),
        panes.key(),
        panes.shape(),
        context.ansi(),
        context.rowCapacity());
  }

  private Stage sessions(ResolvedPlan.SessionAggregate plan, Stage next) {
    GroupInputs inputs = new GroupInputs(plan.keys(), plan.aggregates());
    OperatorCounters counters = new OperatorCounters();
    KeyedSessions.Columns columns =
        new KeyedSessions.Columns(
            inputs.keyColumns(), inputs.column(plan.time()), inputs.column(plan.gapUs()));
    KeyedSessions sessions =
        new KeyedSessions(
            context.allocator(),
            inputs.keys(),
            columns,
            inputs.aggregates(),
            pipeline.emission() != Emission.COMPLETE,
            context.ansi(),
            context.rowCapacity());
    SessionStage stage =
        own(
            new SessionStage(
                columns.keys(),
                plan.aggregates().size(),
                sessions,
                pipeline,
                counters,
                plan.schema(),
                next));
    stateful.add(stage);
    Stage projection = project(inputs.columns(), inputs.schema(), stage);
    return plan.eventTime() && pipeline.emission() != Emission.COMPLETE
        ? own(lateSessionRows(plan, counters, projection))
        : projection;
  }

  private Stage lateSessionRows(
      ResolvedPlan.SessionAggregate plan, OperatorCounters counters, Stage next) {
    Evaluator[] row = Evaluators.compileAll(List.of(plan.time(), plan.gapUs()), context);
    return new LateRowStage(
        SessionStage.OPERATOR_NAME, row[0], row[1], 0, pipeline, counters, next);
  }

  private Stage project(List<BoundExpression> columns, Schema schema, Stage next) {
    return own(
        new ProjectStage(
            Evaluators.compileAll(columns, context),
            Block.view(schema, context.rowCapacity()),
            next));
  }

  private Stage project(ResolvedPlan.Project project, Stage next) {
    List<NamedExpression> columns = project.columns();
    Stage stage =
        project(columns.stream().map(NamedExpression::expression).toList(), project.schema(), next);
    boolean computes =
        columns.stream()
            .anyMatch(column -> !(column.expression() instanceof BoundExpression.Input));
    return computes
            && project.input() instanceof ResolvedPlan.Filter
            && pipeline.stamps() == null // stamps are by row, which must stay where it is
        ? dense(
            project.input().schema(), (appender, block) -> new CompactStage(appender, block, stage))
        : stage;
  }

  /** A stage that copies rows densely into a block of its own. */
  private Stage dense(Schema schema, BiFunction<RowAppender, Block, Stage> stage) {
    RowAppender appender = new RowAppender(context.allocator(), context.rowCapacity());
    try {
      Block block = Block.allocate(context.allocator(), schema, context.rowCapacity());
      return own(stage.apply(appender, block));
    } catch (RuntimeException | Error e) {
      appender.close();
      throw e;
    }
  }

  private <T extends Stage> T own(T stage) {
    stages.add(stage);
    return stage;
  }
}
