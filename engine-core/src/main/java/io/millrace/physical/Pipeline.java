package io.millrace.physical;

import io.millrace.physical.expression.EvaluationContext;
import java.util.List;

/** The fused stages of one thread: an entry per input, all leading to one output stage. */
public final class Pipeline implements AutoCloseable {
  private final EvaluationContext context;
  private final Stage[] entries;
  private final List<Stage> stages;

  /**
   * @param stages all of them, in the order in which they were made
   */
  Pipeline(EvaluationContext context, Stage[] entries, List<Stage> stages) {
    this.context = context;
    this.entries = entries;
    this.stages = List.copyOf(stages);
  }

  /** Where the rows of an input go in. */
  public Stage entry(int input) {
    return entries[input];
  }

  /** Processing time for what follows, microseconds UTC. */
  public void arrivalTimeUs(long value) {
    context.arrivalTimeUs(value);
  }

  /** Tells every input's stages that the rows so far are a batch; see {@link Stage#endOfBatch}. */
  public void endOfBatch(long watermarkUs) {
    for (Stage entry : entries) {
      entry.endOfBatch(watermarkUs);
    }
  }

  @Override
  public void close() {
    for (Stage stage : stages.reversed()) {
      stage.close();
    }
  }
}
