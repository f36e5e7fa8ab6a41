package io.millrace.analysis;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.List;

/**
 * A plan whose names and types are known: what the optimizer rewrites and the physical planner
 * reads.
 */
public sealed interface ResolvedPlan {
  /** The columns that come out. */
  Schema schema();

  /** The inputs, left to right. */
  List<ResolvedPlan> inputs();

  /**
   * An input.
   *
   * @param full all columns the source has
   * @param columns indexes into {@code full} of the columns that are read, in output order
   * @param filters conditions the source may use to leave rows out early (over the output columns);
   *     they are applied again above
   */
  record Scan(
      LogicalPlan.Scan scan, Schema full, List<Integer> columns, List<BoundExpression> filters)
      implements ResolvedPlan {
    public Scan {
      columns = List.copyOf(columns);
      filters = List.copyOf(filters);
    }

    @Override
    public Schema schema() {
      return full.select(columns.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of();
    }
  }

  record LocalRows(Schema schema, List<Row> rows) implements ResolvedPlan {
    @Override
    public List<ResolvedPlan> inputs() {
      return List.of();
    }
  }

  record Filter(ResolvedPlan input, BoundExpression condition) implements ResolvedPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  record Project(ResolvedPlan input, List<NamedExpression> columns) implements ResolvedPlan {
    public Project {
      columns = List.copyOf(columns);
    }

    @Override
    public Schema schema() {
      return new Schema(columns.stream().map(NamedExpression::field).toList());
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  record NamedExpression(String name, BoundExpression expression) {
    public Field field() {
      return new Field(name, expression.type(), expression.nullable());
    }
  }

  /** Keys first, then aggregates; anything computed over them is a Project above. */
  record Aggregate(ResolvedPlan input, List<NamedExpression> keys, List<AggregateCall> aggregates)
      implements ResolvedPlan {
    public Aggregate {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public Schema schema() {
      List<Field> fields = new java.util.ArrayList<>();
      keys.forEach(key -> fields.add(key.field()));
      aggregates.forEach(call -> fields.add(call.field()));
      return new Schema(fields);
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  /**
   * One aggregate.
   *
   * @param name the result column's
   * @param function in lower case: count, sum, avg, min, max, ...; count without arguments counts
   *     rows
   * @param filter the rows it looks at
   */
  record AggregateCall(
      String name,
      String function,
      List<BoundExpression> arguments,
      boolean distinct,
      java.util.Optional<BoundExpression> filter,
      io.millrace.types.DataType type,
      boolean nullable) {
    public AggregateCall {
      arguments = List.copyOf(arguments);
    }

    public Field field() {
      return new Field(name, type, nullable);
    }
  }

  record Sort(ResolvedPlan input, List<SortKey> keys) implements ResolvedPlan {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  record SortKey(BoundExpression key, boolean ascending, boolean nullsFirst) {}

  record Limit(ResolvedPlan input, long rows) implements ResolvedPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  record Distinct(ResolvedPlan input) implements ResolvedPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  /** All inputs have the same column types as {@code schema}. */
  record Union(List<ResolvedPlan> inputs, Schema schema) implements ResolvedPlan {
    public Union {
      inputs = List.copyOf(inputs);
    }
  }

  /** Watches the event time in a column; passes every row on. */
  record Watermark(ResolvedPlan input, int column, long delayUs) implements ResolvedPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }
}
