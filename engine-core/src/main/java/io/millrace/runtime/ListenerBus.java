package io.millrace.runtime;

import io.millrace.StreamingQueryListener;
import io.millrace.StreamingQueryListener.QueryIdleEvent;
import io.millrace.StreamingQueryListener.QueryProgressEvent;
import io.millrace.StreamingQueryListener.QueryStartedEvent;
import io.millrace.StreamingQueryListener.QueryTerminatedEvent;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a session's listeners what happens, in order, on a thread of its own that exists once there
 * is a listener. Listeners that cannot keep up lose progress reports, which is logged, but never a
 * start or an end.
 */
final class ListenerBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerBus.class);
  private static final int MAX_WAITING_REPORTS = 10_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final List<StreamingQueryListener> listeners = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final boolean onCallers;
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          1, 1, 1, TimeUnit.SECONDS, waiting, task -> new QueryThread(task, "millrace-listeners"));

  /**
   * @param onCallers whether listeners are called at once, without a thread
   */
  ListenerBus(boolean onCallers) {
    this.onCallers = onCallers;
  }

  void add(StreamingQueryListener listener) {
    listeners.add(listener);
  }

  void remove(StreamingQueryListener listener) {
    listeners.remove(listener);
  }

  /** Calls listeners on the caller's thread: they know of a query before its first report. */
  void started(QueryIdentity query, Instant now, long committedEpoch) {
    QueryStartedEvent event =
        new QueryStartedEvent(query.id(), query.runId(), query.name(), now, committedEpoch);
    listeners.forEach(listener -> call(listener, each -> each.onQueryStarted(event)));
  }

  void progress(QueryIdentity query, EpochProgress progress) {
    if (waiting.size() < MAX_WAITING_REPORTS) {
      tell(listener -> listener.onQueryProgress(new QueryProgressEvent(progress.report())));
    } else {
      LOG.warn("listeners do not keep up; a progress report of query {} was dropped", query.id());
    }
  }

  void idle(QueryIdentity query, Instant now) {
    tell(listener -> listener.onQueryIdle(new QueryIdleEvent(query.id(), query.runId(), now)));
  }

  void terminated(QueryIdentity query, Optional<StreamingQueryException> failure) {
    Optional<String> message = failure.map(Throwable::getMessage);
    Optional<ErrorCode> code = failure.map(MillraceException::code);
    QueryTerminatedEvent event = new QueryTerminatedEvent(query.id(), query.runId(), message, code);
    tell(listener -> listener.onQueryTerminated(event));
  }

  private void tell(Consumer<StreamingQueryListener> event) {
    for (StreamingQueryListener listener : listeners) {
      if (onCallers) {
        call(listener, event);
        continue;
      }
      try {
        executor.execute(() -> call(listener, event));
      } catch (RejectedExecutionException e) {
        LOG.debug("the session is closed; a listener is not told", e);
      }
    }
  }

  private static void call(
      StreamingQueryListener listener, Consumer<StreamingQueryListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException | AssertionError e) {
      LOG.warn("listener {} failed", listener, e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        executor.shutdownNow();
        LOG.warn("listeners did not return within {} seconds", CLOSE_TIMEOUT.toSeconds());
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
