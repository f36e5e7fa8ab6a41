package io.millrace.runtime;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.physical.RowAppender;
import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sequencer, pipelines, owners of keys and sink on threads of their own around one ring. The
 * sequencer fills slots; pipeline p of P takes every P-th one and writes its rows into the same
 * slot; every owner of keys then takes its rows of all slots, in order, and at the end of a batch
 * finds the groups to give out; the last thread takes all, in order. A failure anywhere makes the
 * rest of the ring run empty, and the sequencer's next call throws it.
 */
final class RingTransport implements Transport {
  private static final long RESULT_POLL_MS = 50;

  private final Disruptor<Slot> disruptor;
  private final RingBuffer<Slot> ring;
  private final RingRoles roles;
  private final RowAppender appender;
  private final WaitPolicy waitPolicy;
  private final QueryThreads threads;
  private final BooleanSupplier stopped;
  private final BlockingQueue<EpochResult> results;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long claimed = -1;
  private long usedSlots;
  private long arrivalTimeUs;
  private long arrivedNs;
  private long watermarkUs = WatermarkClock.NONE;

  /**
   * @param roles owned from now on, also if this fails
   * @param results where the last role puts each epoch's
   * @param appender of the sequencer's, for rows that sources lend
   * @param stopped whether the query is to end, so that a wait for room ends too
   */
  RingTransport(
      Supplier<Slot> slots,
      BlockSizes sizes,
      RingRoles roles,
      BlockingQueue<EpochResult> results,
      RowAppender appender,
      WaitPolicy waitPolicy,
      QueryThreads threads,
      BooleanSupplier stopped) {
    this.roles = roles;
    this.results = results;
    this.appender = appender;
    this.waitPolicy = waitPolicy;
    this.threads = threads;
    this.stopped = stopped;
    disruptor =
        new Disruptor<>(
            slots::get, sizes.ringSlots(), threads, ProducerType.SINGLE, waitPolicy.ringStrategy());
    int fronts = roles.fronts().size();
    EventHandler<Slot>[] handlers = newHandlers(fronts);
    for (int i = 0; i < fronts; i++) {
      int index = i;
      handlers[i] =
          (slot, sequence, endOfBatch) -> {
            if (sequence % fronts == index) {
              run(roles.fronts().get(index), slot);
            }
          };
    }
    EventHandlerGroup<Slot> group = disruptor.handleEventsWith(handlers);
    if (!roles.owners().isEmpty()) {
      EventHandler<Slot>[] owners = newHandlers(roles.owners().size());
      for (int i = 0; i < owners.length; i++) {
        StageRole owner = roles.owners().get(i);
        owners[i] = (slot, sequence, endOfBatch) -> run(owner, slot);
      }
      group = group.then(owners);
    }
    group.then((slot, sequence, endOfBatch) -> run(roles.last(), slot));
    ring = disruptor.start();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  private static EventHandler<Slot>[] newHandlers(int count) {
    return new EventHandler[count];
  }

  private void run(StageRole role, Slot slot) {
    if (failure.get() != null) {
      return;
    }
    try {
      role.run(slot);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void beginEpoch(long epoch, int planChecksum) {
    Slot slot = claim();
    slot.kind = Slot.Kind.EPOCH_BEGIN;
    slot.epoch = epoch;
    slot.planChecksum = planChecksum;
    publish();
  }

  @Override
  public void arrivedAt(long arrivalUs, long fromNs) {
    arrivalTimeUs = arrivalUs;
    arrivedNs = fromNs;
  }

  @Override
  public Chunk chunk(SourceDriver source) {
    Slot slot = claim();
    slot.source = source.index();
    slot.arrivalTimeUs = arrivalTimeUs;
    slot.arrivedNs = arrivedNs;
    slot.watermarkUs = watermarkUs;
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
  public void sendRejects(SourceDriver source, RowBatch rejects) {
    chunk(source);
    Slot slot = claim();
    slot.recordsRead = rejects.size();
    slot.rejectedRecords = rejects.size();
    Pages kept = slot.rejects[source.index()];
    int from = rejects.from();
    while (kept != null && from < rejects.to()) {
      from = appender.append(rejects.block(), from, rejects.to(), 0, kept.writable());
    }
    publish();
  }

  @Override
  public void endBatch() {
    Slot slot = claim();
    slot.kind = Slot.Kind.BATCH_END;
    slot.arrivalTimeUs = arrivalTimeUs;
    publish();
  }

  /** Nothing is kept back. */
  @Override
  public void release() {}

  @Override
  public void planned(int planChecksum) {
    Slot slot = claim();
    slot.kind = Slot.Kind.PLANNED;
    slot.planChecksum = planChecksum;
    publish();
  }

  @Override
  public boolean canMark() {
    return false;
  }

  @Override
  public EpochResult markEpoch() {
    throw new IllegalStateException("assertion: epochs over a ring end all at once");
  }

  @Override
  public boolean hasClosing(Clock clock) {
    return roles.last().eventTime().hasClosing(clock, operators());
  }

  @Override
  public OperatorStates operators() {
    return roles.last().operators();
  }

  @Override
  public void restore(long committedWatermarkUs, List<WatermarkClock.Progress> inputs) {
    watermarkUs = committedWatermarkUs;
    roles.restore(committedWatermarkUs, inputs);
  }

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
      watermarkUs = result.state().watermarkUs();
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
    usedSlots = Math.max(usedSlots, ring.getBufferSize() - ring.remainingCapacity());
  }

  @Override
  public Map<String, String> metrics() {
    long used = usedSlots;
    usedSlots = 0;
    return Map.of(
        "maxUsedRingSlots", Long.toString(used), "ringSlots", Long.toString(ring.getBufferSize()));
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
    roles.close();
    appender.close();
  }
}
