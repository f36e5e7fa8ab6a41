package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that grouping needs of its input: every key, argument and filter once, to be computed
 * by a projection, so that the grouping itself only names columns.
 */
final class GroupInputs {
  private final List<BoundExpression> columns = new ArrayList<>();
  private final List<Field> keys = new ArrayList<>();
  private final List<Integer> keyColumns = new ArrayList<>();
  private final List<AggregateSpec> aggregates = new ArrayList<>();

  GroupInputs(List<NamedExpression> keyExpressions, List<AggregateCall> calls) {
    for (NamedExpression key : keyExpressions) {
      keys.add(key.field());
      keyColumns.add(column(key.expression()));
    }
    for (AggregateCall call : calls) {
      aggregates.add(
          new AggregateSpec(
              call.name(),
              function(call),
              call.arguments().stream().map(this::column).toList(),
              call.filter().map(this::column).orElse(AggregateSpec.NO_FILTER),
              call.distinct(),
              call.arguments().stream().map(BoundExpression::type).toList(),
              call.type()));
    }
  }

  /** The index of a column with that value. */
  int column(BoundExpression expression) {
    int known = columns.indexOf(expression);
    if (known < 0) {
      columns.add(expression);
      return columns.size() - 1;
    }
    return known;
  }

  private static AggregateFunction function(AggregateCall call) {
    return switch (call.function()) {
      case "count" ->
          call.arguments().isEmpty() ? AggregateFunction.COUNT_ROWS : AggregateFunction.COUNT;
      case "sum" -> AggregateFunction.SUM;
      case "avg" -> AggregateFunction.AVG;
      case "min" -> AggregateFunction.MIN;
      case "max" -> AggregateFunction.MAX;
      case "first" -> AggregateFunction.FIRST;
      case "last" -> AggregateFunction.LAST;
      case "variance" -> AggregateFunction.VARIANCE;
      case "var_pop" -> AggregateFunction.VAR_POP;
      case "stddev" -> AggregateFunction.STDDEV;
      case "stddev_pop" -> AggregateFunction.STDDEV_POP;
      case "collect_list" -> AggregateFunction.COLLECT_LIST;
      case "collect_set" -> AggregateFunction.COLLECT_SET;
      case "min_by" -> AggregateFunction.MIN_BY;
      case "max_by" -> AggregateFunction.MAX_BY;
      default -> throw new IllegalArgumentException("assertion: aggregate " + call.function());
    };
  }

  /** What the projection computes. */
  List<BoundExpression> columns() {
    return columns;
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (BoundExpression column : columns) {
      DataType type = column.type();
      fields.add(new Field("c" + fields.size(), type, column.nullable()));
    }
    return new Schema(fields);
  }

  List<Field> keys() {
    return keys;
  }

  int[] keyColumns() {
    return keyColumns.stream().mapToInt(Integer::intValue).toArray();
  }

  List<AggregateSpec> aggregates() {
    return aggregates;
  }
}
