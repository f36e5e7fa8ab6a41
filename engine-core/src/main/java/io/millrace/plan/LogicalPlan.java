package io.millrace.plan;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user asked for, as data: built by the fluent API and by the SQL parser alike, names not
 * yet resolved. A plan holds no memory, thread or clock; live inputs stand in it by name.
 */
public sealed interface LogicalPlan {

  /**
   * An input found by its format's provider.
   *
   * @param name what the user calls it, or the format
   * @param schema as given by the user; empty if the provider must find it
   * @param options the user's options; keys in any case
   * @param streaming whether the input is unbounded
   */
  record Scan(
      String name,
      String format,
      Optional<Schema> schema,
      Map<String, String> options,
      boolean streaming)
      implements LogicalPlan {
    /** Options of every streaming input that {@code withWatermark} above it reads: durations. */
    public static final String IDLE_TIMEOUT = "idleTimeout";

    public static final String MAX_FUTURE_SKEW = "maxFutureSkew";

    public Scan {
      options = Map.copyOf(options);
    }

    /** The options that are the connector's own. */
    public Map<String, String> connectorOptions() {
      Map<String, String> own = new HashMap<>(options);
      if (streaming) {
        own.keySet()
            .removeIf(
                key -> key.equalsIgnoreCase(IDLE_TIMEOUT) || key.equalsIgnoreCase(MAX_FUTURE_SKEW));
      }
      return own;
    }
  }

  /** A few rows given by value. */
  record LocalRows(Schema schema, List<Row> rows) implements LogicalPlan {
    public LocalRows {
      rows = List.copyOf(rows);
    }
  }

  /** A table or view of the session, by name. */
  record Table(String name) implements LogicalPlan {}

  /** A name for the input's columns to be qualified by: {@code FROM readings r}. */
  record SubqueryAlias(LogicalPlan input, String name) implements LogicalPlan {}

  /** New names for all columns, by position: {@code FROM readings AS r(id, time)}. */
  record ColumnNames(LogicalPlan input, List<String> names) implements LogicalPlan {
    public ColumnNames {
      names = List.copyOf(names);
    }
  }

  /** Rows for which the condition is true, not false and not null. */
  record Filter(LogicalPlan input, Expression condition) implements LogicalPlan {}

  record Project(LogicalPlan input, List<Expression> columns) implements LogicalPlan {
    public Project {
      columns = List.copyOf(columns);
    }
  }

  /** Adds or replaces one column by name. */
  record WithColumn(LogicalPlan input, String name, Expression value) implements LogicalPlan {}

  record WithColumnRenamed(LogicalPlan input, String from, String to) implements LogicalPlan {}

  /** Leaves columns out; names that do not exist are ignored, as in Spark. */
  record Drop(LogicalPlan input, List<String> names) implements LogicalPlan {
    public Drop {
      names = List.copyOf(names);
    }
  }

  /**
   * Groups and aggregates.
   *
   * @param grouping the keys; empty for one group over everything
   * @param output the result's columns: keys, aggregates and expressions over them
   * @param having kept groups, in terms of the input's columns, aggregates and output names
   */
  record Aggregate(
      LogicalPlan input,
      List<Expression> grouping,
      List<Expression> output,
      Optional<Expression> having)
      implements LogicalPlan {
    public Aggregate {
      grouping = List.copyOf(grouping);
      output = List.copyOf(output);
    }
  }

  record Sort(LogicalPlan input, List<SortOrder> order) implements LogicalPlan {
    public Sort {
      order = List.copyOf(order);
    }
  }

  /** At most that many rows, the first ones. */
  record Limit(LogicalPlan input, long rows) implements LogicalPlan {}

  /** Each distinct row once. */
  record Distinct(LogicalPlan input) implements LogicalPlan {}

  /** All rows of all inputs, columns matched by position. */
  record Union(List<LogicalPlan> inputs) implements LogicalPlan {
    public Union {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Event time and how long to wait for it.
   *
   * @param idleTimeoutUs empty for what the sources' options say, as is {@code maxFutureSkewUs}
   */
  record Watermark(
      LogicalPlan input,
      String column,
      long delayUs,
      OptionalLong idleTimeoutUs,
      OptionalLong maxFutureSkewUs)
      implements LogicalPlan {
    public Watermark(LogicalPlan input, String column, long delayUs) {
      this(input, column, delayUs, OptionalLong.empty(), OptionalLong.empty());
    }
  }

  /**
   * A join by condition or by equal columns.
   *
   * @param using columns of the same name on both sides; empty when there is a condition
   */
  record Join(
      LogicalPlan left,
      LogicalPlan right,
      JoinType type,
      Optional<Expression> condition,
      List<String> using)
      implements LogicalPlan {
    public Join {
      using = List.copyOf(using);
    }
  }

  /** Which rows without a partner a join keeps. */
  enum JoinType {
    INNER,
    LEFT_OUTER,
    RIGHT_OUTER,
    FULL_OUTER,
    LEFT_SEMI,
    LEFT_ANTI
  }

  /**
   * One key of an ordering; nulls first when ascending and last when descending unless said
   * otherwise.
   */
  record SortOrder(Expression key, boolean ascending, boolean nullsFirst) {}
}
