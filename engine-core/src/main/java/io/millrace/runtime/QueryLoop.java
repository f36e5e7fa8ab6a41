package io.millrace.runtime;

import io.millrace.types.StreamingQueryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query from its start to its end: the loop around a planner. {@link #run} and {@link #turn} are
 * for one thread at a time, everything else is for any.
 */
final class QueryLoop {
  private static final Logger LOG = LoggerFactory.getLogger(QueryLoop.class);

  private final QueryIdentity identity;
  private final QueryParts parts;
  private final Planner planner;
  private final ProgressReporter progress;
  private final WaitPolicy waitPolicy;
  private final Waker waker;
  private final StopSignal stop;
  private final Runnable onEnd;
  private final CaughtUp caughtUp = new CaughtUp();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final BooleanSupplier workFound = this::hasWork;
  private final LongSupplier oneTurn = this::stepUnlessOver;
  private volatile StreamingQueryException failure;

  /**
   * @param onEnd run when everything is closed, before anybody who waits for the end sees it
   */
  QueryLoop(
      QueryIdentity identity,
      QueryParts parts,
      PlannerFactory planners,
      ProgressReporter progress,
      WaitPolicy waitPolicy,
      Waker waker,
      StopSignal stop,
      Runnable onEnd) {
    this.identity = identity;
    this.parts = parts;
    this.progress = progress;
    this.waitPolicy = waitPolicy;
    this.waker = waker;
    this.stop = stop;
    this.onEnd = onEnd;
    this.planner = planners.create(new Listener());
  }

  /** Makes the planner once there is a loop for it to tell of its epochs. */
  interface PlannerFactory {
    Planner create(EpochListener listener);
  }

  private final class Listener implements EpochListener {
    @Override
    public void epochEnded(long epoch, EpochTimes times, EpochResult result) {
      progress.epochEnded(epoch, times, result);
    }

    @Override
    public void caughtUp() {
      caughtUp.reached();
    }
  }

  /** Drives the query to its end. */
  void run() {
    endOnFailure(this::stepToTheEnd);
  }

  /**
   * Takes one step, and ends the query if it has failed, was stopped or is at its end.
   *
   * @return the number of records; 0 if there was nothing to do
   */
  long turn() {
    return Math.max(0, endOnFailure(oneTurn));
  }

  private long endOnFailure(LongSupplier work) {
    try {
      return work.getAsLong();
    } catch (StoppedException e) {
      end(null);
    } catch (Throwable e) {
      end(e);
    }
    return 0;
  }

  private long stepToTheEnd() {
    int idleSteps = 0;
    while (!isOver()) {
      idleSteps = step() < 0 ? idle(idleSteps + 1) : 0;
    }
    stop();
    return 0;
  }

  private long stepUnlessOver() {
    if (isOver()) {
      stop();
      return 0;
    }
    return step();
  }

  private boolean isOver() {
    return stop.isRequested() || planner.ended();
  }

  private long step() {
    if (!parts.space().hasReserve()) {
      progress.idle(planner.epoch());
      return -1;
    }
    if (caughtUp.begin()) {
      planner.pollNow();
    }
    long records = planner.step();
    if (records < 0) {
      progress.idle(planner.epoch());
    }
    return records;
  }

  private int idle(int idleSteps) {
    if (sleptWithoutRoom()) {
      return 0;
    }
    switch (waitPolicy) {
      case BUSY_SPIN -> Thread.onSpinWait();
      case YIELD -> Thread.yield();
      case PARK -> {
        if (idleSteps < WaitPolicy.SPINS && planner.isAwaitingArrivals()) {
          Thread.onSpinWait();
        } else {
          waker.sleep(Math.min(planner.wakeUpNs(), progress.nextIdleReportNs()), workFound);
        }
      }
    }
    return idleSteps;
  }

  /**
   * Sleeps until the disk is to be looked at again, if the last step found too little room.
   *
   * @return whether it did
   */
  boolean sleptWithoutRoom() {
    if (!parts.space().lacksReserve()) {
      return false;
    }
    waker.sleep(Math.min(parts.space().nextLookNs(), progress.nextIdleReportNs()), stop);
    return true;
  }

  /** Whether the next step waits for a point in time. */
  boolean isAwaitingTime() {
    return !planner.isAwaitingArrivals();
  }

  private boolean hasWork() {
    return stop.isRequested() || caughtUp.isAwaited() || planner.hasWork();
  }

  /** Ends the query, which no other thread drives. */
  void stopNow() {
    endOnFailure(
        () -> {
          stop();
          return 0;
        });
  }

  private void stop() {
    planner.finish();
    end(null);
  }

  /**
   * Closes everything and says how the query ended.
   *
   * @param cause null if it did not fail
   */
  void end(Throwable cause) {
    Throwable error = stop.isRequested() && QueryFailure.isInterrupt(cause) ? null : cause;
    boolean interrupted = Thread.interrupted(); // what stopped the step must not stop the closing
    if (error != null) {
      parts.failed(error);
    }
    error = alsoFailed(error, parts::close);
    error = alsoFailed(error, planner::settle);
    try {
      if (error != null) {
        failure =
            QueryFailure.of(
                error,
                identity,
                planner.epoch(),
                progress.offsets(),
                parts.sink().sink().description());
        LOG.error(failure.getMessage());
        LOG.debug("query {} failed", identity.label(), failure);
      }
      progress.ended(Optional.ofNullable(failure));
    } finally {
      onEnd.run();
      terminated.countDown();
      caughtUp.abandon();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does one more thing on the way out. Returns the first failure, null if there is none. */
  private static Throwable alsoFailed(Throwable first, Runnable last) {
    try {
      last.run();
    } catch (RuntimeException | Error e) {
      if (first == null) {
        return e;
      }
      if (first != e) {
        first.addSuppressed(e);
      }
    }
    return first;
  }

  /** Lets the query end after the step at hand; returns at once. */
  void requestStop() {
    stop.request();
    waker.wake();
  }

  boolean isActive() {
    return terminated.getCount() > 0;
  }

  /** Waits for the end, however long that takes. */
  void awaitEnd() throws InterruptedException {
    terminated.await();
  }

  /** Returns whether the end came in time. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return terminated.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Why the query ended; null if it did not fail. */
  StreamingQueryException failure() {
    return failure;
  }

  /** Asks to be told when everything that is there now has been processed. */
  long requestCatchUp() {
    long request = caughtUp.request();
    waker.wake();
    return request;
  }

  boolean isCaughtUp(long request) {
    return caughtUp.isReached(request);
  }

  /** Waits until a request is met or the query has ended. */
  void awaitCatchUp(long request) throws InterruptedException {
    caughtUp.await(request);
  }
}
