package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resolved plan as a tree of stages: its inputs, left to right, and a way to build the stages as
 * often as there are pipelines.
 */
public final class PhysicalPlan {
  private final ResolvedPlan root;
  private final List<ResolvedPlan> inputs = new ArrayList<>();
  private final List<ResolvedPlan.Watermark> watermarks = new ArrayList<>();
  private final boolean rowByRow;

  public PhysicalPlan(ResolvedPlan root) {
    this.root = root;
    this.rowByRow = collectInputs(root);
  }

  /** The plan that this one carries out. */
  public ResolvedPlan root() {
    return root;
  }

  /** The leaves: {@link ResolvedPlan.Scan} or {@link ResolvedPlan.LocalRows}. */
  public List<ResolvedPlan> inputs() {
    return List.copyOf(inputs);
  }

  public Schema schema() {
    return root.schema();
  }

  /**
   * Whether every output row follows from one input row, so that pipelines may share the batches
   * among them.
   */
  public boolean isRowByRow() {
    return rowByRow;
  }

  /**
   * The grouping by key that several threads can share: the only stateful operator, or the one that
   * all others read from, over an input whose rows each follow from one row.
   */
  public Optional<ResolvedPlan.Aggregate> exchange() {
    ResolvedPlan plan = root;
    ResolvedPlan.Aggregate lowest = null;
    while (plan.inputs().size() == 1) {
      if (plan instanceof ResolvedPlan.Aggregate aggregate) {
        lowest = aggregate;
      } else if (plan instanceof ResolvedPlan.SessionAggregate
          || plan instanceof ResolvedPlan.Distinct) {
        lowest = null;
      }
      plan = plan.inputs().getFirst();
    }
    return Optional.ofNullable(lowest)
        .filter(aggregate -> !aggregate.keys().isEmpty() && isRowByRow(aggregate.input()));
  }

  private static boolean isRowByRow(ResolvedPlan plan) {
    return switch (plan) {
      case ResolvedPlan.Aggregate ignored -> false;
      case ResolvedPlan.SessionAggregate ignored -> false;
      case ResolvedPlan.Sort ignored -> false;
      case ResolvedPlan.Limit ignored -> false;
      case ResolvedPlan.Distinct ignored -> false;
      default -> plan.inputs().stream().allMatch(PhysicalPlan::isRowByRow);
    };
  }

  /** The columns that go over the exchange, with what leads them to their thread. */
  public static Schema exchangedSchema(ResolvedPlan.Aggregate exchange) {
    return ExchangeStage.schema(new GroupInputs(exchange.keys(), exchange.aggregates()).schema());
  }

  /** The stages before an exchange; the context is owned from now on. */
  public FrontPipeline buildBefore(
      ResolvedPlan.Aggregate exchange, PipelineContext context, Stage output) {
    return new StageBuilder(context).buildBefore(exchange, new OperatorCounters(), output);
  }

  /** One thread's groups behind an exchange; the context is owned from now on. */
  public KeyedPart buildPart(ResolvedPlan.Aggregate exchange, PipelineContext context) {
    return new StageBuilder(context).buildPart(exchange);
  }

  /** The stages that take what the threads behind an exchange give out. */
  public Pipeline buildBehind(
      ResolvedPlan.Aggregate exchange, PipelineContext context, Stage output) {
    return new StageBuilder(context).buildBehind(exchange, root, output);
  }

  /** The watermarked inputs, in the order in which pipelines number them. */
  public List<ResolvedPlan.Watermark> watermarks() {
    return List.copyOf(watermarks);
  }

  /**
   * @param context owned by the pipeline from now on, also if this fails
   */
  public Pipeline build(PipelineContext context, Stage output) {
    return new StageBuilder(context).build(root, output);
  }

  private boolean collectInputs(ResolvedPlan plan) {
    if (plan instanceof ResolvedPlan.Watermark watermark) {
      watermarks.add(watermark);
    }
    boolean all = true;
    for (ResolvedPlan input : plan.inputs()) {
      all &= collectInputs(input);
    }
    return switch (plan) {
      case ResolvedPlan.Scan scan -> inputs.add(scan);
      case ResolvedPlan.LocalRows rows -> inputs.add(rows);
      case ResolvedPlan.Filter ignored -> all;
      case ResolvedPlan.Project ignored -> all;
      case ResolvedPlan.Union ignored -> all;
      case ResolvedPlan.Watermark ignored -> all;
      case ResolvedPlan.Window ignored -> all;
      case ResolvedPlan.Aggregate ignored -> false;
      case ResolvedPlan.SessionAggregate ignored -> false;
      case ResolvedPlan.Sort ignored -> false;
      case ResolvedPlan.Limit ignored -> false;
      case ResolvedPlan.Distinct ignored -> false;
    };
  }
}
