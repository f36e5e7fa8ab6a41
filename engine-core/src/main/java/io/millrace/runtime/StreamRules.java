package io.millrace.runtime;

import io.millrace.Callback;
import io.millrace.StreamSpec;
import io.millrace.Trigger;
import io.millrace.analysis.OutputModes;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.PhysicalPlan;
import io.millrace.types.AnalysisException;

/** What must hold between a streaming query's plan, trigger, output mode, sink and checkpoint. */
final class StreamRules {
  private StreamRules() {}

  /**
   * @throws AnalysisException for the first rule that is broken, with the way out
   */
  static void check(StreamSpec spec, PhysicalPlan plan) {
    if (plan.inputs().stream().noneMatch(StreamRules::isStreaming)) {
      throw new AnalysisException(
          "no input of this query is a stream: use write() instead of writeStream()");
    }
    switch (spec.outputMode()) {
      case APPEND -> OutputModes.append(plan.root());
      case UPDATE -> OutputModes.update(plan.root());
      case COMPLETE -> OutputModes.complete(plan.root());
    }
    boolean continuous = isContinuous(spec);
    if (continuous && spec.callback().orElse(null) instanceof Callback.EachEpoch) {
      throw new AnalysisException(
          "foreachBatch works on epochs of a micro-batch trigger; with trigger continuous use"
              + " foreachRow or foreachArrow");
    }
  }

  static boolean isContinuous(StreamSpec spec) {
    return spec.trigger() instanceof Trigger.Continuous;
  }

  private static boolean isStreaming(ResolvedPlan input) {
    return input instanceof ResolvedPlan.Scan scan && scan.scan().streaming();
  }
}
