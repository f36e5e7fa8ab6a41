package io.millrace.analysis;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /**
   * Appends the start of a window to each row, once per window that the row's time falls into; rows
   * whose time is null are left out.
   *
   * @param time TIMESTAMP
   * @param column the new column's name; it is TIMESTAMP and never null
   * @param eventTime whether the time is event time under a watermark, or follows from it
   */
  record Window(
      ResolvedPlan input,
      BoundExpression time,
      WindowSpec windows,
      String column,
      boolean eventTime)
      implements ResolvedPlan {
    @Override
    public Schema schema() {
      List<Field> fields = new ArrayList<>(input.schema().fields());
      fields.add(new Field(column, DataType.TIMESTAMP, false));
      return new Schema(fields);
    }

    @Override
    public List<ResolvedPlan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Windows of one size, their start included and their end not: {@code [startUs + n * slideUs,
   * startUs + n * slideUs + sizeUs)} for every whole number n, in microseconds since 1970 UTC.
   *
   * @param slideUs the distance between starts; the size for tumbling windows, never more
   * @param startUs from 0, less than the slide
   */
  record WindowSpec(long sizeUs, long slideUs, long startUs) {
    public WindowSpec {
      assert slideUs > 0 && slideUs <= sizeUs : "windows leave gaps: " + slideUs + " / " + sizeUs;
      assert startUs >= 0 && startUs < slideUs : "start is not normalised: " + startUs;
    }
  }

  /**
   * Keys first, then aggregates; anything computed over them is a Project above.
   *
   * @param eventTime the key by which groups close, if there is one under a watermark
   */
  record Aggregate(
      ResolvedPlan input,
      List<NamedExpression> keys,
      List<AggregateCall> aggregates,
      Optional<EventTimeKey> eventTime)
      implements ResolvedPlan {
    public Aggregate {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public Schema schema() {
      List<Field> fields = new ArrayList<>();
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
   * A group is over when the watermark has reached its key + {@code lengthUs}.
   *
   * @param key index of a TIMESTAMP key
   * @param lengthUs a window's size when the key is its start; 0 for a plain event time column
   */
  record EventTimeKey(int key, long lengthUs) {}

  /**
   * Groups by keys and by sessions of time: rows of the same keys belong together while each comes
   * less than a gap after another. Keys first, then {@code start} and {@code end} (TIMESTAMP, never
   * null), then aggregates. Rows whose time or gap is null or whose gap is not positive are left
   * out.
   *
   * @param time TIMESTAMP
   * @param gapUs BIGINT, microseconds, for each row
   * @param eventTime whether the time is event time under a watermark, so that sessions close
   */
  record SessionAggregate(
      ResolvedPlan input,
      List<NamedExpression> keys,
      BoundExpression time,
      BoundExpression gapUs,
      List<AggregateCall> aggregates,
      boolean eventTime)
      implements ResolvedPlan {
    public SessionAggregate {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public Schema schema() {
      List<Field> fields = new ArrayList<>();
      keys.forEach(key -> fields.add(key.field()));
      fields.add(new Field("start", DataType.TIMESTAMP, false));
      fields.add(new Field("end", DataType.TIMESTAMP, false));
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
   * @param function in lower case: count, sum, avg, min, max, first, last, stddev, stddev_pop,
   *     variance, var_pop, collect_list, collect_set, min_by, max_by; count without arguments
   *     counts rows
   * @param filter the rows it looks at
   */
  record AggregateCall(
      String name,
      String function,
      List<BoundExpression> arguments,
      boolean distinct,
      Optional<BoundExpression> filter,
      DataType type,
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

  /**
   * Watches the event time in a column; passes every row on.
   *
   * @param delayUs how far the watermark stays behind the latest event time
   * @param idleTimeoutUs after how long without rows an input no longer holds the watermark back;
   *     {@code Long.MAX_VALUE} for never
   * @param maxFutureSkewUs how far event time may run ahead of arrival time before a row is put
   *     aside; {@code Long.MAX_VALUE} for no limit
   */
  record Watermark(
      ResolvedPlan input, int column, long delayUs, long idleTimeoutUs, long maxFutureSkewUs)
      implements ResolvedPlan {
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
