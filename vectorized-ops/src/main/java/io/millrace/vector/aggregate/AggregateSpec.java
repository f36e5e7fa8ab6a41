package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import java.util.List;

/**
 * One aggregate of a query.
 *
 * @param name in messages and in the names of state columns
 * @param arguments which columns of the input
 * @param filter a BOOLEAN column of the input that must be true for a row to be taken, or {@link
 *     #NO_FILTER}
 * @param distinct whether equal arguments are taken only once
 * @param argumentTypes of the arguments, in their order
 * @param type of the result
 */
public record AggregateSpec(
    String name,
    AggregateFunction function,
    List<Integer> arguments,
    int filter,
    boolean distinct,
    List<DataType> argumentTypes,
    DataType type) {
  public static final int NO_FILTER = -1;

  public AggregateSpec {
    arguments = List.copyOf(arguments);
    argumentTypes = List.copyOf(argumentTypes);
    assert arguments.size() == argumentTypes.size() : name + ": a type per argument";
  }
}
