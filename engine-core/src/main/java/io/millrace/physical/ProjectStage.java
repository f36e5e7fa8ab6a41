package io.millrace.physical;

import io.millrace.physical.expression.Evaluator;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Computes the output columns; a column that is only passed on is not copied. */
final class ProjectStage implements Stage {
  private final Evaluator[] columns;
  private final Block output;
  private final Stage next;

  /**
   * @param output a view over as many columns as there are evaluators
   */
  ProjectStage(Evaluator[] columns, Block output, Stage next) {
    this.columns = columns;
    this.output = output;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    for (int i = 0; i < columns.length; i++) {
      output.show(i, columns[i].evaluate(block, rows));
    }
    output.rowCount(rows.to());
    next.process(output, rows);
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    for (Evaluator column : columns) {
      column.close();
    }
  }
}
