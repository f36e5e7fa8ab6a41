package io.millrace;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Groups of a frame's rows, to be aggregated. The result has the keys first. */
public final class GroupedData {
  private final FrameRunner runner;
  private final LogicalPlan input;
  private final List<Expression> keys;

  GroupedData(FrameRunner runner, LogicalPlan input, List<Expression> keys) {
    this.runner = runner;
    this.input = input;
    this.keys = keys;
  }

  /** One row per group: the keys and these expressions over aggregates. */
  public DataFrame agg(Column first, Column... more) {
    List<Expression> aggregates = new ArrayList<>();
    aggregates.add(first.expression());
    for (Column column : more) {
      aggregates.add(column.expression());
    }
    return aggregate(aggregates);
  }

  /** The number of rows, in a column {@code count}. */
  public DataFrame count() {
    return agg(Functions.count("*").as("count"));
  }

  public DataFrame sum(String... columns) {
    return each(columns, Functions::sum);
  }

  public DataFrame avg(String... columns) {
    return each(columns, Functions::avg);
  }

  public DataFrame min(String... columns) {
    return each(columns, Functions::min);
  }

  public DataFrame max(String... columns) {
    return each(columns, Functions::max);
  }

  private DataFrame each(String[] columns, Function<Column, Column> aggregate) {
    return aggregate(
        Arrays.stream(columns)
            .map(name -> aggregate.apply(Functions.col(name)).expression())
            .toList());
  }

  private DataFrame aggregate(List<Expression> aggregates) {
    List<Expression> output = new ArrayList<>(keys);
    output.addAll(aggregates);
    List<Expression> grouping = keys.stream().map(GroupedData::withoutAlias).toList();
    return DataFrame.checked(
        runner, new LogicalPlan.Aggregate(input, grouping, output, Optional.empty()));
  }

  private static Expression withoutAlias(Expression key) {
    return key instanceof Expression.Alias alias ? alias.child() : key;
  }
}
