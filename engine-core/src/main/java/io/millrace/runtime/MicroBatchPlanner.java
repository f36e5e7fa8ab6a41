package io.millrace.runtime;

import io.millrace.Trigger;
import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.Sink;
import java.util.List;
import java.util.Optional;

/**
 * All triggers but the continuous one: plans an epoch from the input that is there, makes the plan
 * safe, runs it as one batch, and ends it. With live inputs the input itself is written down as it
 * is taken in, and the plan at the end.
 */
final class MicroBatchPlanner implements Planner {
  private final Sequencer sequencer;
  private final List<SourceDriver> sources;
  private final EpochLog log;
  private final Trigger trigger;
  private final Clock clock;
  private final EpochEnd ends;
  private final Recovery recovery;
  private final PollPacing pacing;
  private final EpochListener listener;
  private final boolean boundedInput;
  private final ReadLimit limit;
  private final long intervalUs;
  private long epoch;
  private long notBeforeUs;
  private boolean ended;

  /**
   * @param boundedInput whether the sources hold a table rather than a stream: one epoch takes all,
   *     then operators that need the whole input are told of its end
   */
  MicroBatchPlanner(
      Sequencer sequencer,
      EpochLog log,
      EpochEnd ends,
      Trigger trigger,
      Clock clock,
      PollPacing pacing,
      EpochListener listener,
      boolean boundedInput) {
    this.sequencer = sequencer;
    this.sources = sequencer.sources();
    this.log = log;
    this.trigger = trigger;
    this.clock = clock;
    this.ends = ends;
    this.recovery = new Recovery(sequencer, log, ends, clock);
    this.pacing = pacing;
    this.listener = listener;
    this.boundedInput = boundedInput;
    this.limit = limitOf(trigger);
    this.intervalUs =
        trigger instanceof Trigger.ProcessingTime processing && !processing.interval().isZero()
            ? Math.max(1, processing.interval().toNanos() / 1_000)
            : 0;
    this.epoch = log.nextEpoch();
  }

  /** Reads from now on what is there at this moment and no more, if the trigger is bounded. */
  void fixEndOfInput() {
    for (SourceDriver source : sources) {
      if (trigger instanceof Trigger.AvailableNow || source.isLive() && trigger.bounded()) {
        source.source().fixEnd();
      }
    }
  }

  /** Whether what a bounded query is to read has not arrived in whole. */
  private boolean isArriving() {
    if (trigger.bounded()) {
      for (SourceDriver source : sources) {
        if (source.isLive() && !source.ended()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a sender waits for room. */
  private boolean isFull() {
    for (SourceDriver source : sources) {
      if (source.isLive() && source.live().isFull()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long step() {
    if (!recovery.isDone()) {
      return recover();
    }
    if (isTooEarly()) {
      return -1;
    }
    long planStartNs = clock.nanoTime();
    boolean ask = pacing.isDue() || trigger.bounded();
    boolean inputEnded = sequencer.inputEnded(); // before the look at what is there
    boolean arriving = isArriving();
    EpochPlan plan = isTooLittle(arriving) ? null : plan(ask, inputEnded);
    if (ask) {
      pacing.polled(plan != null);
    }
    if (plan == null) {
      nothingNew(ask || !pacing.isNeeded(), arriving, inputEnded);
      return -1;
    }
    notBeforeUs = nextStartUs(plan.arrivalTimeUs());
    long records = run(plan, clock.nanoTime() - planStartNs);
    ended = boundedInput || trigger instanceof Trigger.Once;
    return records;
  }

  private long recover() {
    notBeforeUs = nextStartUs(clock.nowUs());
    recovery.run();
    if (recovery.open() != null) {
      ends.end(recovery.open(), recovery.openStart());
    }
    epoch = recovery.nextEpoch();
    ended = trigger instanceof Trigger.Once;
    return 0;
  }

  /**
   * @param ask whether replayable sources are asked for new input
   * @param inputEnded whether no more input will come than is there now
   * @return null if there is none
   */
  private EpochPlan plan(boolean ask, boolean inputEnded) {
    boolean closes = !boundedInput && sequencer.transport().hasClosing(clock);
    if (!boundedInput && !ask && !closes && !sequencer.hasArrived()) {
      return null;
    }
    if (trigger instanceof Trigger.EventCount count
        && !inputEnded
        && !closes
        && !haveArrived(count.rows())) {
      return null;
    }
    EpochPlan plan = EpochPlan.empty(epoch, clock.nowUs(), sources.size());
    boolean any = false;
    long left = limit.maxRows();
    for (SourceDriver source : sources) {
      int i = source.index();
      if (source.isLive()) {
        plan.liveRows()[i] = Math.min(liveLimit(source, left), source.live().waiting());
        left -= plan.liveRows()[i];
        any |= plan.liveRows()[i] > 0 || source.live().hasRejects();
      } else if (ask && limit.maxRows() == Long.MAX_VALUE) {
        any |= plan(source, limit, plan);
      } else if (ask) {
        long rows = Math.min(left, source.replayable().available());
        any |= rows > 0 && plan(source, new ReadLimit(rows, false), plan);
        left -= rows;
      }
    }
    return any || boundedInput || closes ? plan : null;
  }

  /** A trigger that says how much an epoch has is obeyed. */
  private long liveLimit(SourceDriver source, long left) {
    return limit.equals(ReadLimit.NONE) ? source.nextBatchRows() : left;
  }

  private static boolean plan(SourceDriver source, ReadLimit limit, EpochPlan into) {
    Optional<InputRange> range = source.plan(limit);
    range.ifPresent(planned -> into.add(source, planned));
    return range.isPresent();
  }

  private static ReadLimit limitOf(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Once ignored -> ReadLimit.EVERYTHING;
      case Trigger.EventCount count -> new ReadLimit(count.rows(), false);
      case Trigger.AvailableNow ignored -> ReadLimit.NONE;
      case Trigger.ProcessingTime ignored -> ReadLimit.NONE;
      case Trigger.Continuous ignored -> ReadLimit.NONE;
    };
  }

  /** Whether that many rows are there, or no more will come before these are taken. */
  private boolean haveArrived(long rows) {
    if (isFull()) {
      return true;
    }
    long arrived = 0;
    for (SourceDriver source : sources) {
      long here = source.isLive() ? source.live().waiting() : source.replayable().available();
      arrived += Math.min(rows - arrived, here);
    }
    return arrived >= rows;
  }

  /** The only epoch takes what arrives in whole, or as much as there is room for. */
  private boolean isTooLittle(boolean arriving) {
    return trigger instanceof Trigger.Once && arriving && !isFull();
  }

  private void nothingNew(boolean asked, boolean arriving, boolean inputEnded) {
    if (!asked) {
      return;
    }
    listener.caughtUp();
    if (trigger.bounded() && !arriving || inputEnded) {
      ended = true;
    } else if (intervalUs > 0) {
      notBeforeUs = nextStartUs(clock.nowUs());
    }
  }

  /** The multiple of the interval that follows; 0 for a trigger without one. */
  private long nextStartUs(long startedUs) {
    if (intervalUs == 0) {
      return 0;
    }
    return Math.floorDiv(startedUs, intervalUs) * intervalUs + intervalUs;
  }

  private long run(EpochPlan plan, long planNs) {
    InputLog input = sequencer.input();
    long walStartNs = clock.nanoTime();
    int checksum = input == null ? log.plan(plan, Optional.empty()) : Sink.UNPLANNED;
    long runStartNs = clock.nanoTime();
    sequencer.transport().beginEpoch(plan.epoch(), checksum);
    sequencer.transport().arrivedAt(plan.arrivalTimeUs(), walStartNs);
    if (input != null) {
      input.beginBatch(plan.epoch(), plan.arrivalTimeUs());
    }
    sequencer.run(plan);
    if (input != null) {
      input.nothingIfEmpty();
    }
    sequencer.transport().endBatch();
    EpochStart start =
        new EpochStart(plan.arrivalTimeUs(), planNs, runStartNs - walStartNs, runStartNs);
    EpochResult result = ends.end(plan, start);
    epoch = plan.epoch() + 1;
    return result.totalRead();
  }

  /** Epochs end where they began: in one step. */
  @Override
  public void finish() {}

  @Override
  public boolean ended() {
    return ended;
  }

  /** Not when the wall clock was set back: then the wait would be longer than an interval. */
  private boolean isTooEarly() {
    if (notBeforeUs == 0) {
      return false;
    }
    long nowUs = clock.nowUs();
    return nowUs < notBeforeUs && nextStartUs(nowUs) >= notBeforeUs;
  }

  @Override
  public long wakeUpNs() {
    long waitUs = notBeforeUs == 0 ? 0 : notBeforeUs - clock.nowUs();
    return waitUs > 0 ? clock.nanoTime() + waitUs * 1_000 : pacing.nextPollNs();
  }

  @Override
  public boolean isAwaitingArrivals() {
    return !isTooEarly();
  }

  @Override
  public boolean hasWork() {
    return isAwaitingArrivals()
        && (sequencer.inputEnded()
            || (trigger instanceof Trigger.EventCount count && !pacing.isNeeded()
                ? haveArrived(count.rows())
                : sequencer.hasArrived() && !isTooLittle(isArriving())));
  }

  @Override
  public void pollNow() {
    pacing.pollNow();
  }

  @Override
  public long epoch() {
    return epoch;
  }
}
