package io.millrace.runtime;

import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.ReadLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * The continuous trigger: rows go on their way as they come, and whenever an interval is over an
 * epoch ends behind them. Without a checkpoint, so no plan is written.
 */
final class ContinuousPlanner implements Planner {
  /** Polls of one source in a row, so that no source starves the others. */
  private static final int MAX_POLLS = 64;

  private final Sequencer sequencer;
  private final SourceDriver[] sources; // an array: walking over a list allocates
  private final Clock clock;
  private final long intervalNs;
  private final PollPacing pacing;
  private final EpochListener listener;
  private long epoch;
  private boolean begun;
  private long beganNs;
  private long beganUs;
  private boolean ended;
  private boolean isAwaited;

  ContinuousPlanner(
      Sequencer sequencer,
      Clock clock,
      Duration interval,
      PollPacing pacing,
      EpochListener listener) {
    this.sequencer = sequencer;
    this.sources = sequencer.sources().toArray(SourceDriver[]::new);
    this.clock = clock;
    this.intervalNs = interval.toNanos();
    this.pacing = pacing;
    this.listener = listener;
  }

  @Override
  public long step() {
    boolean inputEnded = sequencer.inputEnded(); // before the look at what is there
    boolean ask = pacing.isDue();
    long records = 0;
    for (SourceDriver source : sources) {
      records += source.isLive() ? pollLive(source) : ask ? readNew(source) : 0;
    }
    if (ask) {
      pacing.polled(records > 0);
    }
    if (records == 0 && sequencer.transport().hasClosingAt(clock.nowUs())) {
      beginIfNeeded();
      sequencer.transport().endBatch();
    } else if (records > 0) {
      sequencer.transport().endBatch();
    }
    boolean nothingNew = records == 0 && (ask || !pacing.isNeeded());
    ended = inputEnded && nothingNew;
    if (begun && (clock.nanoTime() - beganNs >= intervalNs || ended || isAwaited && nothingNew)) {
      endEpoch();
    }
    if (nothingNew && !begun) {
      isAwaited = false;
      listener.caughtUp();
    }
    return records == 0 ? -1 : records;
  }

  private long pollLive(SourceDriver source) {
    long rows = 0;
    for (int i = 0; i < MAX_POLLS && source.live().hasArrived(); i++) {
      beginIfNeeded();
      rows += sequencer.poll(source, Long.MAX_VALUE);
    }
    return rows;
  }

  private long readNew(SourceDriver source) {
    Optional<InputRange> range = source.plan(ReadLimit.NONE);
    if (range.isEmpty()) {
      return 0;
    }
    beginIfNeeded();
    sequencer.read(source, range.get());
    source.replayable().acknowledge(range.get());
    return 1;
  }

  private void beginIfNeeded() {
    if (!begun) {
      begun = true;
      beganNs = clock.nanoTime();
      beganUs = clock.nowUs();
      sequencer.transport().beginEpoch(epoch, 0, beganUs);
    } else {
      sequencer.transport().arrivedAt(clock.nowUs());
    }
  }

  private void endEpoch() {
    EpochResult result = sequencer.transport().endEpoch();
    begun = false;
    EpochTimes times = new EpochTimes(beganUs, 0, 0, clock.nanoTime() - beganNs, 0);
    listener.epochEnded(epoch++, times, result);
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public long wakeUpNs() {
    long epochEndNs = begun ? beganNs + intervalNs : NEVER;
    return Math.min(epochEndNs, pacing.nextPollNs());
  }

  @Override
  public boolean isAwaitingArrivals() {
    return true;
  }

  @Override
  public boolean hasWork() {
    return sequencer.hasArrived() || sequencer.inputEnded();
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
