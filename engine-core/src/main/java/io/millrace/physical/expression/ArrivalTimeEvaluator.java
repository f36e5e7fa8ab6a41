package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import java.util.Set;

/** current_timestamp and current_date: the journaled arrival time of the batch, never a clock's. */
final class ArrivalTimeEvaluator extends ScratchEvaluator {
  static final Set<String> FUNCTIONS = Set.of("current_timestamp", "now", "current_date");

  private static final long DAY_US = 86_400_000_000L;

  ArrivalTimeEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    super(call, List.of(), context);
    result.setAllValid(result.rowCapacity());
  }

  @Override
  void compute(Block input, RowSelection rows) {
    long us = context.arrivalTimeUs();
    if (type() == DataType.DATE) {
      int days = (int) Math.floorDiv(us, DAY_US);
      for (int row = rows.from(); row < rows.to(); row++) {
        Memory.putInt(result.data() + 4L * row, days);
      }
    } else {
      for (int row = rows.from(); row < rows.to(); row++) {
        Memory.putLong(result.data() + 8L * row, us);
      }
    }
  }
}
