package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.physical.expression.FilterEvaluator;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;

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
              own(new LimitStage(limit.rows(), appender(), block(limit.schema()), next)));
      case ResolvedPlan.Aggregate aggregate ->
          addInputsOf(aggregate.input(), own(AggregateStage.open(aggregate, context, next)));
      case ResolvedPlan.Sort sort ->
          addInputsOf(sort.input(), own(SortStage.open(sort, context, next)));
      case ResolvedPlan.Distinct distinct ->
          addInputsOf(distinct.input(), own(DistinctStage.open(distinct, context, next)));
    }
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
        ? own(new CompactStage(appender(), block(project.input().schema()), stage))
        : stage;
  }

  private RowAppender appender() {
    return new RowAppender(context.allocator(), context.rowCapacity());
  }

  private Block block(Schema schema) {
    return Block.allocate(context.allocator(), schema, context.rowCapacity());
  }

  private Stage own(Stage stage) {
    stages.add(stage);
    return stage;
  }
}
