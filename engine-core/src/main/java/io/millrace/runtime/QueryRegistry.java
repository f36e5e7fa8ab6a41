package io.millrace.runtime;

import io.millrace.QueryManager;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryListener;
import io.millrace.physical.Closing;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The queries of one session. */
final class QueryRegistry implements QueryManager, AutoCloseable {
  private static final long FOREVER_NS = Long.MAX_VALUE;

  private final ListenerBus listeners;
  private final List<RunningQuery> running = new ArrayList<>();
  private RunningQuery lastEnded;
  private boolean closed;

  QueryRegistry(ListenerBus listeners) {
    this.listeners = listeners;
  }

  /**
   * Adds a query before it runs.
   *
   * @throws AnalysisException if one with its name or checkpoint runs already
   */
  synchronized void add(RunningQuery query) {
    if (closed) {
      throw new AnalysisException("the session is closed");
    }
    requireFreeName(query.name());
    running.add(query);
  }

  /**
   * @throws AnalysisException if an active query has that name
   */
  synchronized void requireFreeName(String name) {
    if (name != null && get(name) != null) {
      throw new AnalysisException(
          "a query named " + name + " is running; stop it, or choose another queryName");
    }
  }

  synchronized void ended(RunningQuery query) {
    running.remove(query);
    if (lastEnded == null || lastEnded.exception().isEmpty()) {
      lastEnded = query; // a failure is not covered up by what ends after it
    }
    notifyAll();
  }

  @Override
  public synchronized List<StreamingQuery> active() {
    return List.copyOf(running);
  }

  @Override
  public synchronized StreamingQuery get(UUID id) {
    return running.stream().filter(query -> query.id().equals(id)).findFirst().orElse(null);
  }

  @Override
  public synchronized StreamingQuery get(String name) {
    return running.stream().filter(query -> name.equals(query.name())).findFirst().orElse(null);
  }

  @Override
  public void awaitAnyTermination() {
    awaitAny(FOREVER_NS);
  }

  @Override
  public boolean awaitAnyTermination(Duration timeout) {
    return awaitAny(timeout.toNanos());
  }

  private boolean awaitAny(long timeoutNs) {
    RunningQuery ended;
    synchronized (this) {
      try {
        long deadlineNs =
            timeoutNs == FOREVER_NS ? 0 : io.millrace.spi.Clock.SYSTEM.nanoTime() + timeoutNs;
        while (lastEnded == null) {
          long leftMs =
              timeoutNs == FOREVER_NS
                  ? 0
                  : (deadlineNs - io.millrace.spi.Clock.SYSTEM.nanoTime() + 999_999) / 1_000_000;
          if (timeoutNs != FOREVER_NS && leftMs <= 0) {
            return false;
          }
          wait(leftMs);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MillraceException(
            ErrorCode.RESOURCES, "interrupted while waiting for a query", e);
      }
      ended = lastEnded;
    }
    ended.awaitTermination();
    return true;
  }

  @Override
  public synchronized void resetTerminated() {
    lastEnded = null;
  }

  @Override
  public void addListener(StreamingQueryListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(StreamingQueryListener listener) {
    listeners.remove(listener);
  }

  /**
   * @throws AnalysisException inside a callback of one of the queries, which would wait for itself
   */
  synchronized void requireOutside() {
    if (running.stream().anyMatch(RunningQuery::isOwnThread)) {
      throw new AnalysisException(
          "a session cannot be closed inside a callback of its own query; stop the query, and close"
              + " the session on another thread");
    }
  }

  /** Stops all queries. */
  @Override
  public void close() {
    List<RunningQuery> queries;
    synchronized (this) {
      closed = true;
      queries = new ArrayList<>(running);
    }
    Closing closing = new Closing();
    queries.forEach(query -> closing.close(query::stop));
    closing.close(listeners);
    closing.throwFirst();
  }
}
