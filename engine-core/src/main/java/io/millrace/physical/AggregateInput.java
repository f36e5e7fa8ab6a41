package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.HashSet;
import java.util.Set;

/** What one aggregate looks at: its arguments and its filter, evaluated batch by batch. */
final class AggregateInput implements AutoCloseable {
  private final ResolvedPlan.AggregateCall call;
  private final Evaluator[] arguments;
  private final Evaluator filter;
  private final ColumnVector[] columns;
  private ColumnVector filterColumn;

  private AggregateInput(ResolvedPlan.AggregateCall call, Evaluator[] arguments, Evaluator filter) {
    this.call = call;
    this.arguments = arguments;
    this.filter = filter;
    this.columns = new ColumnVector[arguments.length];
  }

  static AggregateInput open(ResolvedPlan.AggregateCall call, EvaluationContext context) {
    Accumulator.of(call); // refuses what cannot be computed before anything is read
    Evaluator[] arguments = Evaluators.compileAll(call.arguments(), context);
    try {
      Evaluator filter =
          call.filter().map(condition -> Evaluators.compile(condition, context)).orElse(null);
      return new AggregateInput(call, arguments, filter);
    } catch (RuntimeException | Error e) {
      Evaluators.closeAll(arguments);
      throw e;
    }
  }

  Accumulator newAccumulator() {
    Accumulator accumulator = Accumulator.of(call);
    return call.distinct() ? distinct(accumulator) : accumulator;
  }

  private static Accumulator distinct(Accumulator accumulator) {
    Set<GroupKey> seen = new HashSet<>();
    return new Accumulator() {
      @Override
      public void add(Object[] values) {
        if (seen.add(GroupKey.of(java.util.Arrays.asList(values)))) {
          accumulator.add(values);
        }
      }

      @Override
      public Object result() {
        return accumulator.result();
      }
    };
  }

  void evaluate(Block block, RowSelection rows) {
    for (int i = 0; i < arguments.length; i++) {
      columns[i] = arguments[i].evaluate(block, rows);
    }
    if (filter != null) {
      filterColumn = filter.evaluate(block, rows);
    }
  }

  /** Gives a row's values to a group's accumulator, unless the filter leaves the row out. */
  void add(int row, Accumulator accumulator) {
    if (filter != null && (filterColumn.isNull(row) || !Bitmap.get(filterColumn.data(), row))) {
      return;
    }
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = BlockReader.value(columns[i], row);
    }
    accumulator.add(values);
  }

  @Override
  public void close() {
    Evaluators.closeAll(arguments);
    if (filter != null) {
      filter.close();
    }
  }
}
