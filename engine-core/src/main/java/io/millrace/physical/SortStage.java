package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.types.Row;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the rows of a bounded input in order; rows with equal keys stay as they came. */
final class SortStage implements Stage {
  private record Keyed(Object[] keys, Row row) {}

  private final List<ResolvedPlan.SortKey> order;
  private final Evaluator[] keys;
  private final HeapRows output;
  private final List<Keyed> rows = new ArrayList<>();

  private SortStage(List<ResolvedPlan.SortKey> order, Evaluator[] keys, HeapRows output) {
    this.order = order;
    this.keys = keys;
    this.output = output;
  }

  static SortStage open(ResolvedPlan.Sort plan, EvaluationContext context, Stage next) {
    Evaluator[] keys =
        Evaluators.compileAll(
            plan.keys().stream().map(ResolvedPlan.SortKey::key).toList(), context);
    try {
      HeapRows output =
          new HeapRows(context.allocator(), plan.schema(), context.rowCapacity(), next);
      return new SortStage(plan.keys(), keys, output);
    } catch (RuntimeException | Error e) {
      Evaluators.closeAll(keys);
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection selected) {
    ColumnVector[] columns = new ColumnVector[keys.length];
    for (int i = 0; i < keys.length; i++) {
      columns[i] = keys[i].evaluate(block, selected);
    }
    for (int row = selected.from(); row < selected.to(); row++) {
      if (selected.mask() == RowSelection.ALL || Bitmap.get(selected.mask(), row)) {
        Object[] values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
          values[i] = BlockReader.value(columns[i], row);
        }
        rows.add(new Keyed(values, BlockReader.row(block, row)));
      }
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    rows.sort(comparator());
    output.emit(rows.stream().map(Keyed::row).toList(), watermarkUs);
    rows.clear();
  }

  private Comparator<Keyed> comparator() {
    Comparator<Keyed> comparator = (_, _) -> 0;
    for (int i = 0; i < order.size(); i++) {
      int key = i;
      ResolvedPlan.SortKey rule = order.get(i);
      Comparator<Object> values =
          rule.ascending() ? SqlOrder.ASCENDING : SqlOrder.ASCENDING.reversed();
      Comparator<Object> withNulls =
          rule.nullsFirst() ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
      comparator = comparator.thenComparing(keyed -> keyed.keys()[key], withNulls);
    }
    return comparator;
  }

  @Override
  public void close() {
    for (Evaluator key : keys) {
      key.close();
    }
    output.close();
  }
}
