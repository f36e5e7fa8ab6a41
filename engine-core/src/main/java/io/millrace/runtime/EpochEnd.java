package io.millrace.runtime;

import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.state.offsets.Ingested;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends epochs, whatever trigger began them: the plan is safe, if it did not come first; the state
 * is safe, the sink commits, the commit is safe, sources are told. With a {@link Committer} the
 * query's thread goes on with the next epoch while this one becomes safe.
 */
final class EpochEnd {
  private static final long AWAIT_PARK_NS = 20_000;

  /** Changed rows that are copied between two batches: a few microseconds' work. */
  private static final int GATHERED_ROWS = 256;

  private final Sequencer sequencer;
  private final EpochLog log;
  private final Committer committer;
  private final CrashPoints crashPoints;
  private final Clock clock;
  private final EpochListener listener;
  private Pending pending;
  private boolean gathering;

  /**
   * @param committer null if everything happens on the query's thread
   */
  EpochEnd(
      Sequencer sequencer,
      EpochLog log,
      Committer committer,
      CrashPoints crashPoints,
      Clock clock,
      EpochListener listener) {
    this.sequencer = sequencer;
    this.log = log;
    this.committer = committer;
    this.crashPoints = crashPoints;
    this.clock = clock;
    this.listener = listener;
  }

  /** An epoch whose rows are all out, and whose end is not safe yet. */
  private record Pending(
      EpochPlan plan,
      Optional<Ingested> ingested,
      long takenBytes,
      EpochStart start,
      EpochResult result,
      long markedNs) {}

  /** Ends the epoch at hand, which has come to where the input is. */
  EpochResult end(EpochPlan plan, EpochStart start) {
    InputLog input = sequencer.input();
    return end(plan, start, input == null ? Optional.empty() : Optional.of(input.position()));
  }

  /**
   * Ends the epoch at hand; no other one is {@link #isPending pending}.
   *
   * @param ingested where it ends in what was taken in; empty if its plan came first
   */
  EpochResult end(EpochPlan plan, EpochStart start, Optional<Ingested> ingested) {
    sequencer.secure();
    if (committer != null) {
      EpochResult result = sequencer.transport().markEpoch();
      pending = ended(plan, ingested, start, result);
      gathering = true;
      return result;
    }
    if (ingested.isPresent()) {
      sequencer.transport().planned(log.plan(plan, ingested));
    }
    EpochResult result = sequencer.transport().endEpoch();
    Pending ended = ended(plan, ingested, start, result);
    log.commit(plan, result, result.state().sequence(), ingested);
    committed(ended);
    log.clean(sequencer.sources());
    sequencer.transport().operators().committed(plan.epoch());
    reported(ended);
    return result;
  }

  private Pending ended(
      EpochPlan plan, Optional<Ingested> ingested, EpochStart start, EpochResult result) {
    InputLog input = sequencer.input();
    long takenBytes = input == null ? 0 : input.takenBytes();
    return new Pending(plan, ingested, takenBytes, start, result, clock.nanoTime());
  }

  /** On the committer's thread: nothing here belongs to the query's. */
  private void writePending() {
    Pending ended = pending;
    long sequence = sequencer.transport().operators().writeMarked();
    log.plan(ended.plan(), ended.ingested());
    log.commit(ended.plan(), ended.result(), sequence, ended.ingested());
    ended
        .ingested()
        .ifPresent(position -> sequencer.input().committed(position, ended.takenBytes()));
    log.clean(sequencer.sources());
    long watermarkUs = ended.result().state().watermarkUs();
    sequencer.transport().operators().committedMarked(ended.plan().epoch(), watermarkUs);
  }

  private void committed(Pending ended) {
    crashPoints.reached(CrashPoint.BEFORE_SOURCE_ACKNOWLEDGEMENT);
    for (SourceDriver source : sequencer.sources()) {
      for (InputRange range : ended.plan().ranges().get(source.index())) {
        source.replayable().acknowledge(range);
      }
    }
    ended
        .ingested()
        .ifPresent(position -> sequencer.input().committed(position, ended.takenBytes()));
    crashPoints.reached(CrashPoint.AFTER_SOURCE_ACKNOWLEDGEMENT);
  }

  private void reported(Pending ended) {
    EpochStart start = ended.start();
    EpochTimes times =
        new EpochTimes(
            start.startedUs(),
            start.planNs(),
            start.walNs(),
            ended.markedNs() - start.runNs(),
            clock.nanoTime() - ended.markedNs());
    listener.epochEnded(ended.plan().epoch(), times, ended.result());
  }

  /**
   * Goes on with an epoch that is not safe yet, without waiting; between batches.
   *
   * @throws RuntimeException if it could not be made safe
   */
  void advance() {
    if (gathering) {
      if (sequencer.transport().operators().gather(GATHERED_ROWS)) {
        gathering = false;
        committer.submit(this::writePending);
      }
    } else if (pending != null && committer.isIdle()) {
      Pending ended = pending;
      pending = null;
      reported(ended);
    }
  }

  /** The query is over, and so is the committer: tells of an epoch that it has made safe. */
  void settle() {
    if (!gathering) {
      advance();
    }
  }

  /** Whether an epoch has ended and is not safe yet. */
  boolean isPending() {
    return pending != null;
  }

  /** Whether {@link #advance} has something to do. */
  boolean canAdvance() {
    return gathering || pending != null && committer.isIdle();
  }

  /** Waits until no epoch is pending. */
  void await() {
    while (gathering) {
      advance();
    }
    advance();
    while (pending != null) {
      LockSupport.parkNanos(this, AWAIT_PARK_NS);
      advance();
    }
  }
}
