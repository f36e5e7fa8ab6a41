package io.millrace.runtime;

import io.millrace.physical.FrontPipeline;
import io.millrace.physical.OperatorCounters;
import io.millrace.physical.PipelineContext;

/** Runs every P-th slot's input through the stages and writes the rows into the same slot. */
final class FrontRole implements StageRole {
  private final PipelineRunner pipeline;
  private final PageStage output;
  private final FrontPipeline exchange;
  private final LateRowRecorder lateRows;

  /**
   * @param exchange null if the rows go to the sink as they are
   * @param lateRows null if they are only counted
   */
  FrontRole(
      PipelineRunner pipeline, PageStage output, FrontPipeline exchange, LateRowRecorder lateRows) {
    this.pipeline = pipeline;
    this.output = output;
    this.exchange = exchange;
    this.lateRows = lateRows;
  }

  /** Of rows that were late for the operator behind the exchange. */
  OperatorCounters lateCounters() {
    return exchange.counters();
  }

  @Override
  public void run(Slot slot) {
    if (slot.kind != Slot.Kind.DATA) {
      return;
    }
    PipelineContext context = pipeline.pipeline().context();
    pipeline.arrivalTimeUs(slot.arrivalTimeUs);
    context.watermarkUs(slot.watermarkUs);
    pipeline.rejects().into(slot.rejects);
    output.into(slot.output);
    if (lateRows != null) {
      lateRows.into(slot.lateRows);
    }
    if (exchange != null) {
      exchange.beginSlot();
    }
    long rejectedBefore = pipeline.rejects().count();
    slot.recordsRead += pipeline.run(slot.source, slot.chunk());
    slot.rejectedRecords += pipeline.rejects().count() - rejectedBefore;
    for (int i = 0; i < slot.eventTimes.length; i++) {
      slot.eventTimes[i].add(context.eventTimes(i));
      context.eventTimes(i).reset();
    }
    if (exchange != null) {
      slot.numbersUsed = exchange.numbersUsed();
    }
  }

  @Override
  public void close() {
    pipeline.close();
    output.close();
    if (lateRows != null) {
      lateRows.close();
    }
  }
}
