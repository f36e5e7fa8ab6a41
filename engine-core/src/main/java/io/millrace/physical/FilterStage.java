package io.millrace.physical;

import io.millrace.physical.expression.FilterEvaluator;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Narrows the selection to the rows for which a condition is true; copies nothing. */
final class FilterStage implements Stage {
  private final FilterEvaluator condition;
  private final Stage next;
  private final RowSelection selected = new RowSelection();

  FilterStage(FilterEvaluator condition, Stage next) {
    this.condition = condition;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    int count = condition.evaluate(block, rows);
    if (count == rows.to() - rows.from()) {
      next.process(block, rows);
    } else if (count > 0) {
      next.process(block, selected.set(rows.from(), rows.to(), condition.selection()));
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    condition.close();
  }
}
