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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What other threads ask of a query, and how they drive or stop it. */
final class RunningQuery implements StreamingQuery {
  private final QueryIdentity identity;
  private final QueryParts parts;
  private final ProgressReporter progress;
  private final QueryLoop loop;
  private final boolean callerDriven;
  private final boolean simulated;
  private final Duration stopTimeout;

  /** Held while a step runs that a caller drives, so that nobody closes what it uses. */
  private final ReentrantLock stepping = new ReentrantLock();

  private volatile Thread driver;

  RunningQuery(
      QueryIdentity identity,
      QueryParts parts,
      ProgressReporter progress,
      LoopFactory loops,
      boolean callerDriven,
      boolean simulated,
      Duration stopTimeout,
      Consumer<RunningQuery> onEnd) {
    this.identity = identity;
    this.parts = parts;
    this.progress = progress;
    this.callerDriven = callerDriven;
    this.simulated = simulated;
    this.stopTimeout = stopTimeout;
    this.loop = loops.create(() -> onEnd.accept(this));
  }

  /** Makes the loop once there is a query whose end it can tell of. */
  interface LoopFactory {
    QueryLoop create(Runnable onEnd);
  }

  /** Lets the engine's own thread drive the query, unless the caller does. */
  void start() {
    if (!callerDriven) {
      Thread thread = parts.threads().named("query", loop::run);
      driver = thread;
      thread.start();
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
    return loop.isActive();
  }

  @Override
  public StreamingQueryStatus status() {
    return progress.status(isActive());
  }

  @Override
  public StreamingQueryProgress lastProgress() {
    return progress.last();
  }

  @Override
  public List<StreamingQueryProgress> recentProgress() {
    return progress.recent();
  }

  @Override
  public void awaitTermination() {
    requireOtherThread("awaitTermination()");
    if (simulated) {
      if (!reachesEnd()) {
        throw neverEnds();
      }
      return;
    }
    try {
      loop.awaitEnd();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  @Override
  public boolean awaitTermination(Duration timeout) {
    requireOtherThread("awaitTermination()");
    if (simulated) {
      return reachesEnd();
    }
    boolean ended;
    try {
      ended = loop.awaitEnd(timeout);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
    return ended;
  }

  @Override
  public void processAllAvailable() {
    requireOtherThread("processAllAvailable()");
    long request = loop.requestCatchUp();
    if (simulated) {
      while (isActive() && !loop.isCaughtUp(request) && !loop.isAwaitingTime()) {
        poll();
      }
    } else if (callerDriven) {
      while (isActive() && !loop.isCaughtUp(request)) {
        poll();
        loop.sleptWithoutRoom();
      }
    } else {
      try {
        loop.awaitCatchUp(request);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    throwFailure();
  }

  /** Whether the query ends when it has done all that there is to do now. */
  private boolean reachesEnd() {
    processAllAvailable();
    poll(); // ends it if its input has ended
    return !isActive();
  }

  private AnalysisException neverEnds() {
    return new AnalysisException(
        "query "
            + identity.label()
            + ": awaitTermination() would never return in a simulated session, where time stands"
            + " still and nobody else appends; stop the query, or give it a bounded trigger");
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
      int records = (int) Math.min(Integer.MAX_VALUE, loop.turn());
      throwFailure();
      return records;
    } finally {
      QueryThread.polling(before);
    }
  }

  @Override
  public void stop() {
    if (!isActive()) {
      return;
    }
    loop.requestStop();
    if (isOwnThread()) {
      return; // the step that called back ends the query when it returns
    }
    try {
      boolean ended = callerDriven ? endBetweenSteps() : loop.awaitEnd(stopTimeout);
      if (!ended) {
        Thread thread = driver;
        if (thread != null) {
          thread.interrupt();
        }
        // The driver itself may wait that long for its stages, and again after interrupting them.
        ended = callerDriven ? endBetweenSteps() : loop.awaitEnd(stopTimeout.multipliedBy(3));
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

  /** Ends a query that a caller drives, unless a step does not return. */
  private boolean endBetweenSteps() throws InterruptedException {
    if (!stepping.tryLock(stopTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      if (isActive()) {
        loop.stopNow();
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
    StreamingQueryException failure = loop.failure();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Optional<StreamingQueryException> exception() {
    return Optional.ofNullable(loop.failure());
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
