package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.physical.expression.FilterEvaluator;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Builds one pipeline from the output back to the inputs. */
final class StageBuilder {
  private final EvaluationContext context;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Stage> entries = new ArrayList<>();

  StageBuilder(EvaluationContext context) {
    this.context = context;
  }

  Pipeline build(ResolvedPlan root, Stage output) {
    try {
      addInputsOf(root, output);
      return new Pipeline(context, entries.toArray(Stage[]::new), stages);
    } catch (RuntimeException | Error e) {
      stages.reversed().forEach(Stage::close);
      throw e;
    }
  }

  /** Adds the stages for a plan whose rows go to {@code next}; entries come out left to right. */
  private void addInputsOf(ResolvedPlan plan, Stage next) {
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
      case ResolvedPlan.Watermark watermark -> addInputsOf(watermark.input(), next);
      case ResolvedPlan.Limit limit ->
          addInputsOf(
              limit.input(),
              dense(
                  limit.schema(),
                  (appender, block) -> new LimitStage(limit.rows(), appender, block, next)));
      case ResolvedPlan.Aggregate aggregate ->
          addInputsOf(aggregate.input(), own(AggregateStage.open(aggregate, context, next)));
      case ResolvedPlan.Window ignored -> throw notYet("window(...)");
      case ResolvedPlan.SessionAggregate ignored -> throw notYet("session_window(...)");
      case ResolvedPlan.Sort sort ->
          addInputsOf(sort.input(), own(SortStage.open(sort, context, next)));
      case ResolvedPlan.Distinct distinct ->
          addInputsOf(distinct.input(), own(DistinctStage.open(distinct, context, next)));
    }
  }

  private static AnalysisException notYet(String operator) {
    return new AnalysisException(
        operator + " cannot run yet; group by date_trunc('MINUTE', ts) over a static input");
  }

  private Stage project(ResolvedPlan.Project project, Stage next) {
    List<NamedExpression> columns = project.columns();
    Evaluator[] evaluators =
        Evaluators.compileAll(columns.stream().map(NamedExpression::expression).toList(), context);
    Block output = Block.view(project.schema(), context.rowCapacity());
    Stage stage = own(new ProjectStage(evaluators, output, next));
    boolean computes =
        columns.stream()
            .anyMatch(column -> !(column.expression() instanceof BoundExpression.Input));
    return computes && project.input() instanceof ResolvedPlan.Filter
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

  private Stage own(Stage stage) {
    stages.add(stage);
    return stage;
  }
}
