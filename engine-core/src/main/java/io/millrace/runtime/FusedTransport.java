package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;

/**
 * Sequencer, pipeline and sink on one thread: nothing is handed over, nothing is copied that need
 * not be.
 */
final class FusedTransport implements Transport {
  private final Slot slot;
  private final PipelineRunner pipeline;
  private final SinkStage output;
  private final SinkDriver sink;
  private final Clock clock;

  FusedTransport(
      Slot slot, PipelineRunner pipeline, SinkStage output, SinkDriver sink, Clock clock) {
    this.slot = slot;
    this.pipeline = pipeline;
    this.output = output;
    this.sink = sink;
    this.clock = clock;
    pipeline.rejects().into(slot.rejects);
  }

  @Override
  public void beginEpoch(long epoch, int planChecksum, long arrivalTimeUs) {
    sink.begin(epoch, planChecksum);
    arrivedAt(arrivalTimeUs);
  }

  @Override
  public void arrivedAt(long arrivalTimeUs) {
    sink.arrivedNs(clock.nanoTime());
    pipeline.arrivalTimeUs(arrivalTimeUs);
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
  public void endOfInput() {
    pipeline.endOfInput();
  }

  @Override
  public EpochResult endEpoch() {
    return sink.commit();
  }

  @Override
  public void close() {
    pipeline.close();
    output.close();
    slot.close();
  }
}
