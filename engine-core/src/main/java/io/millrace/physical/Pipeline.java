package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;
import java.util.List;

/** The fused stages of one thread: an entry per input, all leading to one output stage. */
public final class Pipeline implements AutoCloseable {
  private final PipelineContext context;
  private final Stage[] entries;
  private final List<Stage> stages;
  private final List<StatefulStage> stateful;

  /**
   * @param context owned from now on
   * @param stages all of them, in the order in which they were made
   * @param stateful those that keep state, those that read others' output after them
   */
  Pipeline(
      PipelineContext context, Stage[] entries, List<Stage> stages, List<StatefulStage> stateful) {
    this.context = context;
    this.entries = entries;
    this.stages = List.copyOf(stages);
    this.stateful = List.copyOf(stateful);
  }

  /** What the stages share. */
  public PipelineContext context() {
    return context;
  }

  /** The stages that keep state; one that reads another's output comes after it. */
  public List<StatefulStage> stateful() {
    return stateful;
  }

  /** Takes the selected rows of an input's block. */
  public void process(int input, Block block, RowSelection rows) {
    context.beginBlock(rows.to());
    entries[input].process(block, rows);
  }

  /** Processing time for what follows, microseconds UTC. */
  public void arrivalTimeUs(long value) {
    context.evaluation().arrivalTimeUs(value);
  }

  /** Tells every input's stages that the rows so far are a batch; see {@link Stage#endOfBatch}. */
  public void endOfBatch(long watermarkUs) {
    for (Stage entry : entries) {
      entry.endOfBatch(watermarkUs);
    }
    context.watermarkUs(watermarkUs);
  }

  @Override
  public void close() {
    for (Stage stage : stages.reversed()) {
      stage.close();
    }
    context.close();
  }
}
