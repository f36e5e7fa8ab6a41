package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.types.Row;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each distinct row of a bounded input once, in the order of first appearance. */
final class DistinctStage implements Stage {
  private final Map<GroupKey, Row> rows = new LinkedHashMap<>();
  private final HeapRows output;

  private DistinctStage(HeapRows output) {
    this.output = output;
  }

  static DistinctStage open(ResolvedPlan.Distinct plan, EvaluationContext context, Stage next) {
    return new DistinctStage(
        new HeapRows(context.allocator(), plan.schema(), context.rowCapacity(), next));
  }

  @Override
  public void process(Block block, RowSelection selected) {
    HeapRows.forEach(block, selected, row -> rows.putIfAbsent(GroupKey.of(row.values()), row));
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    output.emit(rows.values(), watermarkUs);
    rows.clear();
  }

  @Override
  public void close() {
    output.close();
  }
}
