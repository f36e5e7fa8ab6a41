package io.millrace.oracle;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateModel;
import io.millrace.vector.aggregate.AggregateSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An aggregate of a query.
 *
 * @param arguments columns; none for {@code count(*)}
 * @param filter of the rows that are taken
 */
record Call(String function, List<String> arguments, boolean distinct, Optional<Condition> filter) {

  String sql() {
    String list = arguments.isEmpty() ? "*" : String.join(", ", arguments);
    return function
        + "("
        + (distinct ? "DISTINCT " : "")
        + list
        + ")"
        + filter.map(condition -> " FILTER (WHERE " + condition.sql() + ")").orElse("");
  }

  /**
   * By definition, of all rows of a group.
   *
   * @param type of the result
   */
  Object result(Schema schema, List<List<Object>> rows, DataType type) {
    List<Integer> columns =
        arguments.stream().map(argument -> schema.indexOf(argument).orElseThrow()).toList();
    List<List<Object>> taken =
        rows.stream()
            .filter(row -> filter.isEmpty() || filter.get().test(schema, row))
            .map(row -> Lists.pick(row, columns))
            .toList();
    return AggregateModel.result(
        new AggregateSpec(
            function,
            meaning(),
            columns,
            AggregateSpec.NO_FILTER,
            distinct,
            columns.stream().map(column -> schema.field(column).type()).toList(),
            type),
        taken);
  }

  /** Whether more must be known of a row than what the aggregate keeps of it. */
  boolean dependsOnOrder() {
    return distinct || !meaning().isOrderFree();
  }

  private AggregateFunction meaning() {
    return switch (function) {
      case "count" -> arguments.isEmpty() ? AggregateFunction.COUNT_ROWS : AggregateFunction.COUNT;
      case "bool_and" -> AggregateFunction.MIN;
      case "bool_or" -> AggregateFunction.MAX;
      default -> AggregateFunction.valueOf(function.toUpperCase(Locale.ROOT));
    };
  }
}
