package io.millrace.runtime;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.physical.RowAppender;
import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sequencer, pipelines and sink on threads of their own around one ring. The sequencer fills slots;
 * pipeline p of P takes every P-th one and writes its rows into the same slot; the sink takes all,
 * in order. A failure anywhere makes the rest of the ring run empty, and the sequencer's next call
 * throws it.
 */
final class RingTransport implements Transport {
  private static final long RESULT_POLL_MS = 50;

  private final Disruptor<Slot> disruptor;
  private final RingBuffer<Slot> ring;
  private final List<PipelineRunner> pipelines;
  private final List<PageStage> outputs;
  private final SinkDriver sink;
  private final RowAppender appender;
  private final WaitPolicy waitPolicy;
  private final QueryThreads threads;
  private final Clock clock;
  private final BooleanSupplier stopped;
  private final BlockingQueue<EpochResult> results = new ArrayBlockingQueue<>(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final OperatorStates operators;
  private long claimed = -1;
  private long arrivalTimeUs;
  private long arrivedNs;

  /**
   * @param pipelines with the output stage of each at the same index
   * @param appender of the sequencer's, for rows that sources lend
   * @param stopped whether the query is to end, so that a wait for room ends too
   */
  RingTransport(
      Supplier<Slot> slots,
      BlockSizes sizes,
      List<PipelineRunner> pipelines,
      List<PageStage> outputs,
      SinkDriver sink,
      RowAppender appender,
      WaitPolicy waitPolicy,
      QueryThreads threads,
      Clock clock,
      BooleanSupplier stopped) {
    this.pipelines = List.copyOf(pipelines);
    this.outputs = List.copyOf(outputs);
    this.sink = sink;
    this.appender = appender;
    this.waitPolicy = waitPolicy;
    this.threads = threads;
    this.clock = clock;
    this.stopped = stopped;
    this.operators = new OperatorStates(List.of(), clock);
    disruptor =
        new Disruptor<>(
            slots::get, sizes.ringSlots(), threads, ProducerType.SINGLE, waitPolicy.ringStrategy());
    EventHandler<Slot>[] handlers = newHandlers(pipelines.size());
    for (int i = 0; i < handlers.length; i++) {
      int index = i;
      handlers[i] = (slot, sequence, endOfBatch) -> runPipeline(index, slot, sequence);
    }
    disruptor.handleEventsWith(handlers).then((slot, sequence, endOfBatch) -> runSink(slot));
    ring = disruptor.start();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  private static EventHandler<Slot>[] newHandlers(int count) {
    return new EventHandler[count];
  }

  private void runPipeline(int index, Slot slot, long sequence) {
    if (sequence % pipelines.size() != index
        || slot.kind != Slot.Kind.DATA
        || failure.get() != null) {
      return;
    }
    try {
      PipelineRunner pipeline = pipelines.get(index);
      pipeline.arrivalTimeUs(slot.arrivalTimeUs);
      pipeline.rejects().into(slot.rejects);
      outputs.get(index).into(slot.output);
      long rejectedBefore = pipeline.rejects().count();
      slot.recordsRead = pipeline.run(slot.source, slot.chunk());
      slot.rejectedRecords = pipeline.rejects().count() - rejectedBefore;
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void runSink(Slot slot) {
    if (failure.get() != null) {
      return;
    }
    try {
      switch (slot.kind) {
        case EPOCH_BEGIN -> sink.begin(slot.epoch, slot.planChecksum);
        case EPOCH_END -> results.add(sink.commit(StateReport.NONE));
        case DATA -> {
          sink.arrivedNs(slot.arrivedNs);
          sink.count(slot.source, slot.recordsRead, slot.rejectedRecords);
          for (int i = 0; i < slot.output.count(); i++) {
            sink.write(slot.output.get(i), 0, slot.output.get(i).rowCount());
          }
          if (slot.rejects[slot.source] != null) {
            sink.writeRejects(slot.source, slot.rejects[slot.source]);
          }
        }
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void beginEpoch(long epoch, int planChecksum, long arrivalUs) {
    arrivedAt(arrivalUs);
    Slot slot = claim();
    slot.kind = Slot.Kind.EPOCH_BEGIN;
    slot.epoch = epoch;
    slot.planChecksum = planChecksum;
    publish();
  }

  @Override
  public void arrivedAt(long arrivalUs) {
    arrivalTimeUs = arrivalUs;
    arrivedNs = clock.nanoTime();
  }

  @Override
  public Chunk chunk(SourceDriver source) {
    Slot slot = claim();
    slot.source = source.index();
    slot.arrivalTimeUs = arrivalTimeUs;
    slot.arrivedNs = arrivedNs;
    Chunk chunk = slot.chunk(source);
    chunk.clear();
    return chunk;
  }

  @Override
  public void send(SourceDriver source) {
    publish();
  }

  @Override
  public void send(SourceDriver source, RowBatch rows) {
    int from = rows.from();
    while (from < rows.to()) {
      Chunk chunk = chunk(source);
      from = appender.append(rows.block(), from, rows.to(), 0, chunk.block());
      publish();
    }
  }

  @Override
  public void endBatch() {}

  @Override
  public boolean hasClosingAt(long arrivalUs) {
    return false;
  }

  @Override
  public OperatorStates operators() {
    return operators;
  }

  @Override
  public void restore(long watermarkUs, List<WatermarkClock.Progress> inputs) {}

  @Override
  public EpochResult endEpoch() {
    claim().kind = Slot.Kind.EPOCH_END;
    publish();
    try {
      EpochResult result = null;
      while (result == null) {
        check();
        result = results.poll(RESULT_POLL_MS, TimeUnit.MILLISECONDS);
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** The slot claimed and not yet published, or the next free one. */
  private Slot claim() {
    if (claimed < 0) {
      while (!ring.hasAvailableCapacity(1)) {
        check();
        switch (waitPolicy) {
          case BUSY_SPIN -> Thread.onSpinWait();
          case YIELD -> Thread.yield();
          case PARK -> LockSupport.parkNanos(ParkingWait.PARK_NS);
        }
      }
      check();
      claimed = ring.next();
      ring.get(claimed).clear();
    }
    return ring.get(claimed);
  }

  private void publish() {
    ring.publish(claimed);
    claimed = -1;
  }

  private void check() {
    Throwable failed = failure.get();
    if (failed instanceof Error error) {
      throw error;
    } else if (failed instanceof RuntimeException exception) {
      throw exception;
    }
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /** Ends the threads first: memory that a thread still reads must not be given back. */
  @Override
  public void close() {
    failure.compareAndSet(null, new StoppedException());
    disruptor.halt();
    if (!threads.awaitEnd()) {
      throw new MillraceException(
          ErrorCode.CONNECTOR,
          "a stage does not return from a callback or sink; its memory is kept");
    }
    for (long i = 0; i < ring.getBufferSize(); i++) {
      ring.get(i).close();
    }
    pipelines.forEach(PipelineRunner::close);
    outputs.forEach(PageStage::close);
    appender.close();
  }
}
