package io.millrace.runtime;

import io.millrace.analysis.ResolvedPlan;
import java.util.List;
import java.util.Map;

/**
 * A static plan that is ready to be run to its end.
 *
 * @param plan optimized
 * @param format the sink's; empty to collect rows
 * @param options the sink's
 */
public record BoundedRequest(
    ResolvedPlan plan, String format, Map<String, String> options, List<String> partitionBy) {
  public BoundedRequest {
    options = Map.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
  }

  /** To collect the result's rows. */
  public static BoundedRequest collecting(ResolvedPlan plan) {
    return new BoundedRequest(plan, "", Map.of(), List.of());
  }
}
