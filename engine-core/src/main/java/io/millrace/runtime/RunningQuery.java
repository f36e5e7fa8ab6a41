package io.millrace.runtime;

import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryProgress;
import io.millrace.StreamingQueryStatus;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query from its start to its end: the loop around a planner, and what other threads ask of it.
 */
final class RunningQuery implements StreamingQuery {
  private static final Logger LOG = LoggerFactory.getLogger(RunningQuery.class);
  private final QueryIdentity identity;
  private final QueryParts parts;
  private final Planner planner;
  private final ProgressReporter progress;
  private final WaitPolicy waitPolicy;
  private final Waker waker;
  private final StopSignal stop;
  private final boolean callerDriven;
  private final Consumer<RunningQuery> onEnd;
  private final CaughtUp caughtUp = new CaughtUp();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final Duration stopTimeout;

  /** Held while a step runs that a caller drives, so that nobody closes what it uses. */
  private final ReentrantLock stepping = new ReentrantLock();

  private final BooleanSupplier workFound = this::hasWork;
  private volatile StreamingQueryException failure;
  private volatile Thread driver;

  RunningQuery(
      QueryIdentity identity,
      QueryParts parts,
      PlannerFactory planners,
      ProgressReporter progress,
      WaitPolicy waitPolicy,
      Waker waker,
      StopSignal stop,
      boolean callerDriven,
      Duration stopTimeout,
      Consumer<RunningQuery> onEnd) {
    this.identity = identity;
    this.parts = parts;
    this.progress = progress;
    this.waitPolicy = waitPolicy;
    this.waker = waker;
    this.stop = stop;
    this.callerDriven = callerDriven;
    this.stopTimeout = stopTimeout;
    this.onEnd = onEnd;
    this.planner = planners.create(new Listener());
  }

  /** Makes the planner once there is a query for it to tell of its epochs. */
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

  /** Lets the engine's own thread drive the query, unless the caller does. */
  void start() {
    if (!callerDriven) {
      parts.threads().named("query", this::run).start();
    }
  }

  private void run() {
    driver = Thread.currentThread();
    int idleSteps = 0;
    try {
      while (!stop.isRequested() && !planner.ended()) {
        idleSteps = step() < 0 ? idle(idleSteps + 1) : 0;
      }
      end(null);
    } catch (StoppedException e) {
      end(null);
    } catch (Throwable e) {
      end(e);
    }
  }

  private long step() {
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

  private boolean hasWork() {
    return stop.isRequested() || caughtUp.isAwaited() || planner.hasWork();
  }

  private void end(Throwable cause) {
    Throwable error = stop.isRequested() && QueryFailure.isInterrupt(cause) ? null : cause;
    boolean interrupted = Thread.interrupted(); // what stopped the step must not stop the closing
    try {
      parts.close();
    } catch (RuntimeException | Error e) {
      if (error == null) {
        error = e;
      } else {
        error.addSuppressed(e);
      }
    }
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
      onEnd.accept(this);
      terminated.countDown();
      caughtUp.abandon();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public UUID id() {
    return identity.id();
  }

  @Override
  public UUID runId() {
    return identity.runId();
  }

  @Override
  public String name() {
    return identity.name();
  }

  @Override
  public boolean isActive() {
    return terminated.getCount() > 0;
  }

  @Override
  public StreamingQueryStatus status() {
    return progress.status(isActive());
  }

  @Override
  public StreamingQueryProgress lastProgress() {
    List<StreamingQueryProgress> reports = progress.recent();
    return reports.isEmpty() ? null : reports.getLast();
  }

  @Override
  public List<StreamingQueryProgress> recentProgress() {
    return progress.recent();
  }

  @Override
  public void awaitTermination() {
    requireOtherThread("awaitTermination()");
    try {
      terminated.await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  @Override
  public boolean awaitTermination(Duration timeout) {
    requireOtherThread("awaitTermination()");
    boolean ended;
    try {
      ended = terminated.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
    return ended;
  }

  @Override
  public void processAllAvailable() {
    requireOtherThread("processAllAvailable()");
    if (callerDriven) {
      long request = caughtUp.request();
      while (isActive() && !caughtUp.isReached(request)) {
        poll();
      }
    } else {
      long request = caughtUp.request();
      waker.wake();
      try {
        caughtUp.await(request);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    throwFailure();
  }

  @Override
  public int poll() {
    if (!callerDriven) {
      throw new AnalysisException(
          "query "
              + identity.label()
              + ": its own thread drives it; start it with threads(CALLER) to call poll()");
    }
    requireOtherThread("poll()");
    if (!stepping.tryLock()) {
      throw new AnalysisException(
          "query "
              + identity.label()
              + ": poll() is for one thread at a time, another one is in it");
    }
    try {
      return pollLocked();
    } finally {
      stepping.unlock();
    }
  }

  private int pollLocked() {
    if (!isActive()) {
      throwFailure();
      return 0;
    }
    boolean before = QueryThread.polling(true);
    try {
      if (stop.isRequested() || planner.ended()) {
        end(null);
        return 0;
      }
      return (int) Math.min(Integer.MAX_VALUE, Math.max(0, step()));
    } catch (StoppedException e) {
      end(null);
      return 0;
    } catch (Throwable e) {
      end(e);
      throwFailure();
      return 0;
    } finally {
      QueryThread.polling(before);
    }
  }

  @Override
  public void stop() {
    if (!isActive()) {
      return;
    }
    stop.request();
    waker.wake();
    if (isOwnThread()) {
      return; // the step that called back ends the query when it returns
    }
    try {
      boolean ended = callerDriven ? endBetweenSteps() : awaitEnd(stopTimeout);
      if (!ended) {
        Thread thread = driver;
        if (thread != null) {
          thread.interrupt();
        }
        // The driver itself may wait that long for its stages, and again after interrupting them.
        ended = callerDriven ? endBetweenSteps() : awaitEnd(stopTimeout.multipliedBy(3));
      }
      if (!ended) {
        throw new MillraceException(
            ErrorCode.CONNECTOR,
            "query "
                + identity.label()
                + " did not stop: a source, callback or sink does not return, nor when interrupted");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private boolean awaitEnd(Duration timeout) throws InterruptedException {
    return terminated.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends a query that a caller drives, unless a step does not return. */
  private boolean endBetweenSteps() throws InterruptedException {
    if (!stepping.tryLock(stopTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      if (isActive()) {
        end(null);
      }
      return true;
    } finally {
      stepping.unlock();
    }
  }

  /** Whether the caller is inside one of the query's own callbacks. */
  boolean isOwnThread() {
    return parts.threads().isOwn() || stepping.isHeldByCurrentThread();
  }

  private void requireOtherThread(String call) {
    if (isOwnThread()) {
      throw new AnalysisException(
          "query "
              + identity.label()
              + ": "
              + call
              + " inside its own callback would never return");
    }
  }

  private static MillraceException interrupted() {
    Thread.currentThread().interrupt();
    return new MillraceException(ErrorCode.RESOURCES, "interrupted while waiting for a query");
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Optional<StreamingQueryException> exception() {
    return Optional.ofNullable(failure);
  }

  @Override
  @SuppressWarnings("SystemOut") // printing is what it is for
  public void explain(boolean extended) {
    System.out.println(parts.description());
  }

  @Override
  public String guarantee() {
    return parts.guarantee();
  }

  @Override
  public String toString() {
    return "StreamingQuery["
        + identity.label()
        + ", id "
        + identity.id()
        + (isActive() ? ", active]" : ", ended]");
  }
}
