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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups a bounded input on the heap; groups come out in the order of their first rows. */
final class AggregateStage implements Stage {
  private record Group(Object[] keys, Accumulator[] accumulators) {}

  private final Evaluator[] keys;
  private final AggregateInput[] aggregates;
  private final HeapRows output;
  private final boolean global;
  private final Map<GroupKey, Group> groups = new LinkedHashMap<>();

  private AggregateStage(Evaluator[] keys, AggregateInput[] aggregates, HeapRows output) {
    this.keys = keys;
    this.aggregates = aggregates;
    this.output = output;
    this.global = keys.length == 0;
  }

  static AggregateStage open(ResolvedPlan.Aggregate plan, EvaluationContext context, Stage next) {
    Evaluator[] keys =
        Evaluators.compileAll(
            plan.keys().stream().map(ResolvedPlan.NamedExpression::expression).toList(), context);
    AggregateInput[] aggregates = new AggregateInput[plan.aggregates().size()];
    try {
      for (int i = 0; i < aggregates.length; i++) {
        aggregates[i] = AggregateInput.open(plan.aggregates().get(i), context);
      }
      HeapRows output =
          new HeapRows(context.allocator(), plan.schema(), context.rowCapacity(), next);
      return new AggregateStage(keys, aggregates, output);
    } catch (RuntimeException | Error e) {
      close(keys, aggregates);
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection selected) {
    ColumnVector[] keyColumns = new ColumnVector[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keyColumns[i] = keys[i].evaluate(block, selected);
    }
    for (AggregateInput aggregate : aggregates) {
      aggregate.evaluate(block, selected);
    }
    for (int row = selected.from(); row < selected.to(); row++) {
      if (selected.mask() == RowSelection.ALL || Bitmap.get(selected.mask(), row)) {
        Group group = group(keyColumns, row);
        for (int i = 0; i < aggregates.length; i++) {
          aggregates[i].add(row, group.accumulators()[i]);
        }
      }
    }
  }

  private Group group(ColumnVector[] keyColumns, int row) {
    Object[] values = new Object[keyColumns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = BlockReader.value(keyColumns[i], row);
    }
    return groups.computeIfAbsent(GroupKey.of(Arrays.asList(values)), key -> newGroup(values));
  }

  private Group newGroup(Object[] values) {
    return new Group(
        values,
        Arrays.stream(aggregates).map(AggregateInput::newAccumulator).toArray(Accumulator[]::new));
  }

  @Override
  public void endOfInput() {
    if (global && groups.isEmpty()) {
      groups.put(GroupKey.of(List.of()), newGroup(new Object[0]));
    }
    List<Row> rows = new ArrayList<>(groups.size());
    for (Group group : groups.values()) {
      List<Object> values = new ArrayList<>(Arrays.asList(group.keys()));
      for (Accumulator accumulator : group.accumulators()) {
        values.add(accumulator.result());
      }
      rows.add(Row.of(values.toArray()));
    }
    groups.clear();
    output.emit(rows);
  }

  private static void close(Evaluator[] keys, AggregateInput[] aggregates) {
    Evaluators.closeAll(keys);
    for (AggregateInput aggregate : aggregates) {
      if (aggregate != null) {
        aggregate.close();
      }
    }
  }

  @Override
  public void close() {
    close(keys, aggregates);
    output.close();
  }
}
