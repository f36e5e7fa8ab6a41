package io.millrace.runtime;

import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.Sink;
import java.time.Duration;
import java.util.Optional;

/**
 * The continuous trigger: rows go on their way as they come, each look at the inputs a batch, and
 * whenever an interval is over an epoch ends behind them. With a checkpoint the input is written
 * down before anything follows from it, and the epoch's plan when the epoch ends.
 */
final class ContinuousPlanner implements Planner {
  private final Sequencer sequencer;
  private final SourceDriver[] sources; // an array: walking over a list allocates
  private final Clock clock;
  private final long intervalNs;
  private final long maxUncommittedBytes;
  private final PollPacing pacing;
  private final EpochListener listener;
  private final EpochEnd ends;
  private final Recovery recovery;
  private final Waker waker;
  private long epoch;
  private EpochPlan plan; // null between epochs
  private EpochStart start;
  private boolean inBatch;
  private long lookedNs;
  private boolean inputEnded;
  private boolean ended;
  private boolean isAwaited;

  /**
   * @param maxUncommittedBytes an epoch also ends when it has taken in that much; twice of it may
   *     wait to be committed
   */
  ContinuousPlanner(
      Sequencer sequencer,
      EpochLog log,
      EpochEnd ends,
      Clock clock,
      Duration interval,
      long maxUncommittedBytes,
      PollPacing pacing,
      Waker waker,
      EpochListener listener) {
    this.sequencer = sequencer;
    this.sources = sequencer.sources().toArray(SourceDriver[]::new);
    this.ends = ends;
    this.clock = clock;
    this.intervalNs = interval.toNanos();
    this.maxUncommittedBytes = maxUncommittedBytes;
    this.pacing = pacing;
    this.waker = waker;
    this.listener = listener;
    this.epoch = log.nextEpoch();
    this.recovery = new Recovery(sequencer, log, ends, clock);
    this.lookedNs = clock.nanoTime();
  }

  @Override
  public long step() {
    if (!recovery.isDone()) {
      recover();
    }
    ends.advance();
    if (ends.isPending() && uncommittedBytes() >= 2 * maxUncommittedBytes) {
      return -1;
    }
    inputEnded = sequencer.inputEnded(); // before the look at what is there
    boolean ask = pacing.isDue();
    long nowNs = clock.nanoTime();
    long records = 0;
    for (SourceDriver source : sources) {
      records += source.isLive() ? pollLive(source) : ask ? readNew(source) : 0;
    }
    if (ask) {
      pacing.polled(records > 0);
    }
    if (records == 0 && sequencer.transport().hasClosing(clock)) {
      beginBatch();
      if (sequencer.input() != null) {
        sequencer.input().nothing();
      }
    }
    if (inBatch) {
      inBatch = false;
      sequencer.transport().endBatch();
      sequencer.secure();
    }
    lookedNs = nowNs;
    boolean nothingNew = records == 0 && (ask || !pacing.isNeeded());
    endEpochIfDue(nothingNew, nowNs);
    return records == 0 ? -1 : records;
  }

  private void recover() {
    recovery.run();
    plan = recovery.open();
    start = recovery.openStart();
    if (start != null) {
      epoch = plan == null ? Math.max(epoch, recovery.nextEpoch()) : plan.epoch();
    }
  }

  private void endEpochIfDue(boolean nothingNew, long nowNs) {
    boolean inputOver = inputEnded && nothingNew;
    if (plan != null && !ends.isPending()) {
      boolean over =
          nowNs - start.runNs() >= intervalNs || uncommittedBytes() >= maxUncommittedBytes;
      if (over || inputOver || isAwaited && nothingNew) {
        endEpoch();
      }
    }
    if (nothingNew && plan == null && !ends.isPending()) {
      isAwaited = false;
      listener.caughtUp();
      ended = inputOver;
    }
  }

  private long uncommittedBytes() {
    InputLog input = sequencer.input();
    return input == null ? 0 : input.uncommittedBytes();
  }

  private long pollLive(SourceDriver source) {
    long limit = source.nextBatchRows();
    long rows = 0;
    for (int i = 0; i < Sequencer.MAX_POLLS && rows < limit && source.live().hasArrived(); i++) {
      beginBatch();
      rows += sequencer.poll(source, limit - rows);
    }
    return rows;
  }

  private long readNew(SourceDriver source) {
    Optional<InputRange> range = source.plan(ReadLimit.NONE);
    if (range.isEmpty()) {
      return 0;
    }
    beginBatch();
    plan.add(source, range.get());
    sequencer.read(source, range.get());
    return 1;
  }

  /** What arrived since the last look is a batch. */
  private void beginBatch() {
    if (inBatch) {
      return;
    }
    inBatch = true;
    long nowUs = clock.nowUs();
    if (plan == null) {
      plan = EpochPlan.empty(epoch, nowUs, sources.length);
      start = new EpochStart(nowUs, 0, 0, clock.nanoTime());
      sequencer.transport().beginEpoch(epoch, Sink.UNPLANNED);
    }
    sequencer.transport().arrivedAt(nowUs, Math.max(lookedNs, waker.wokenNs()));
    if (sequencer.input() != null) {
      sequencer.input().beginBatch(epoch, nowUs);
    }
  }

  private void endEpoch() {
    EpochPlan ending = plan;
    plan = null;
    epoch = ending.epoch() + 1;
    ends.end(ending, start);
  }

  @Override
  public void finish() {
    ends.await();
    if (plan != null && !inBatch) {
      endEpoch();
      ends.await();
    }
  }

  @Override
  public void settle() {
    ends.settle();
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public long wakeUpNs() {
    long epochEndNs = plan != null && !ends.isPending() ? start.runNs() + intervalNs : NEVER;
    return Math.min(epochEndNs, pacing.nextPollNs());
  }

  @Override
  public boolean isAwaitingArrivals() {
    return true;
  }

  @Override
  public boolean hasWork() {
    boolean mayTake = !ends.isPending() || uncommittedBytes() < 2 * maxUncommittedBytes;
    return mayTake && sequencer.hasArrived()
        || ends.canAdvance()
        || !ended && sequencer.inputEnded();
  }

  @Override
  public void pollNow() {
    isAwaited = true;
    pacing.pollNow();
  }

  @Override
  public long epoch() {
    return epoch;
  }
}
