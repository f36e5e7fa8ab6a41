package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;
import io.millrace.state.offsets.Commit;
import java.util.List;

/**
 * Sequencer, pipeline and sink on one thread: nothing is handed over, nothing is copied that need
 * not be.
 */
final class FusedTransport implements Transport {
  private final Slot slot;
  private final PipelineRunner pipeline;
  private final SinkStage output;
  private final SinkDriver sink;
  private final LateRowRecorder lateRows;
  private final EventTime eventTime;
  private final OperatorStates operators;
  private final HeldRows held;
  private long epoch;
  private long arrivalTimeUs;

  /**
   * @param lateRows null if they are only counted
   * @param eventTime whose clock the pipeline may know
   * @param held what the sink keeps back, closed with the transport; null if it keeps nothing back
   */
  FusedTransport(
      Slot slot,
      PipelineRunner pipeline,
      SinkStage output,
      SinkDriver sink,
      LateRowRecorder lateRows,
      EventTime eventTime,
      HeldRows held,
      Clock clock) {
    this.slot = slot;
    this.pipeline = pipeline;
    this.output = output;
    this.sink = sink;
    this.lateRows = lateRows;
    this.eventTime = eventTime;
    this.operators =
        new OperatorStates(
            pipeline.pipeline().stateful().stream().map(List::of).toList(), List.of(), clock);
    this.held = held;
    pipeline.rejects().into(slot.rejects);
  }

  @Override
  public void beginEpoch(long newEpoch, int planChecksum) {
    epoch = newEpoch;
    sink.begin(newEpoch, planChecksum);
  }

  @Override
  public void arrivedAt(long arrivalUs, long arrivedNs) {
    arrivalTimeUs = arrivalUs;
    sink.arrivedNs(arrivedNs);
    pipeline.arrivalTimeUs(arrivalUs);
  }

  @Override
  public Chunk chunk(SourceDriver source) {
    Chunk chunk = slot.chunk(source);
    chunk.clear();
    return chunk;
  }

  @Override
  public void send(SourceDriver source) {
    long rejectedBefore = pipeline.rejects().count();
    long records = pipeline.run(source.index(), slot.chunk(source));
    long rejected = pipeline.rejects().count() - rejectedBefore;
    sink.count(source.index(), records, rejected);
    Pages rejects = slot.rejects[source.index()];
    if (rejected > 0 && rejects != null) {
      sink.writeRejects(source.index(), rejects);
      rejects.clear();
    }
  }

  @Override
  public void send(SourceDriver source, RowBatch rows) {
    pipeline.run(source.index(), rows.block(), rows.from(), rows.to());
    sink.count(source.index(), rows.size(), 0);
  }

  @Override
  public void sendRejects(SourceDriver source, RowBatch rejects) {
    sink.count(source.index(), rejects.size(), rejects.size());
    sink.writeRejects(source.index(), rejects.block(), rejects.from(), rejects.to());
  }

  @Override
  public void endBatch() {
    eventTime.take(pipeline.pipeline().context());
    pipeline.pipeline().endOfBatch(eventTime.clock().endOfBatch(arrivalTimeUs));
    if (lateRows != null) {
      sink.writeLateRows(lateRows.pages());
      lateRows.pages().clear();
    }
  }

  @Override
  public void release() {
    sink.release();
  }

  @Override
  public void planned(int planChecksum) {
    sink.planned(planChecksum);
  }

  @Override
  public boolean canMark() {
    return !sink.commitsByPlan();
  }

  @Override
  public EpochResult markEpoch() {
    operators.mark(epoch);
    return sink.commit(eventTime.report(operators, Commit.NO_STATE));
  }

  @Override
  public boolean hasClosing(Clock clock) {
    return eventTime.hasClosing(clock, operators);
  }

  @Override
  public OperatorStates operators() {
    return operators;
  }

  @Override
  public void restore(long watermarkUs, List<WatermarkClock.Progress> inputs) {
    eventTime.clock().restore(watermarkUs, inputs);
    pipeline.pipeline().context().watermarkUs(watermarkUs);
  }

  @Override
  public EpochResult endEpoch() {
    long sequence = operators.save(epoch);
    return sink.commit(eventTime.report(operators, sequence));
  }

  @Override
  public void close() {
    operators.close();
    pipeline.close();
    output.close();
    if (held != null) {
      held.close();
    }
    if (lateRows != null) {
      lateRows.close();
    }
    slot.close();
  }
}
