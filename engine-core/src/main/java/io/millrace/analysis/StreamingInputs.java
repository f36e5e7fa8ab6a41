package io.millrace.analysis;

import java.util.Optional;

/** Tells plans over unbounded inputs from those that end. */
public final class StreamingInputs {
  private StreamingInputs() {}

  public static boolean isStreaming(ResolvedPlan plan) {
    return first(plan).isPresent();
  }

  /** The name of the first streaming input. */
  static Optional<String> first(ResolvedPlan plan) {
    if (plan instanceof ResolvedPlan.Scan scan) {
      return scan.scan().streaming() ? Optional.of(scan.scan().name()) : Optional.empty();
    }
    for (ResolvedPlan input : plan.inputs()) {
      Optional<String> name = first(input);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses an operator that would need state.
   *
   * @throws io.millrace.types.AnalysisException if the input is streaming
   */
  static void refuse(String operator, ResolvedPlan input) {
    first(input)
        .ifPresent(
            name -> {
              throw Unsupported.onStream(operator, name);
            });
  }
}
