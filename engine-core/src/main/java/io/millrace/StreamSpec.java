package io.millrace;

import io.millrace.plan.LogicalPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A streaming query as the user described it.
 *
 * @param format the sink's; empty if a callback is the sink
 * @param options the sink's, {@code path} among them; keys in any case; without {@code
 *     checkpointLocation}
 * @param queryName empty if unnamed
 * @param partitionBy columns whose values name sub-folders
 * @param lateness when rows are late, batch or row; empty for the session's rule
 * @param lateRowsTo where rows that were put aside go, {@code format:target}; empty if they are
 *     only counted
 * @param table the table that {@code toTable} named; the memory sink's table otherwise has the
 *     query's name
 */
public record StreamSpec(
    LogicalPlan plan,
    String format,
    Map<String, String> options,
    OutputMode outputMode,
    Trigger trigger,
    Optional<String> queryName,
    List<String> partitionBy,
    Optional<String> checkpointLocation,
    Optional<String> lateness,
    Optional<String> lateRowsTo,
    Optional<String> table,
    Optional<Callback> callback,
    Threads threads) {
  public StreamSpec {
    options = Map.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
  }
}
