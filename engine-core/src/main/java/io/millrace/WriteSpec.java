package io.millrace;

import io.millrace.plan.LogicalPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A batch write as the user described it.
 *
 * @param options the sink's, {@code path} among them; keys in any case
 * @param partitionBy columns whose values name sub-folders
 * @param table the session's table that is written instead of a format's output
 */
public record WriteSpec(
    LogicalPlan plan,
    String format,
    Map<String, String> options,
    SaveMode mode,
    List<String> partitionBy,
    Optional<String> table) {
  public WriteSpec {
    options = Map.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
  }
}
