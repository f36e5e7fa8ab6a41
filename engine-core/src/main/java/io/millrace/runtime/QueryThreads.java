package io.millrace.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one query: named, daemons, and all of them gone when the query is. */
final class QueryThreads implements ThreadFactory {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String prefix;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * @param query its name, or the beginning of its id
   */
  QueryThreads(String query) {
    this.prefix = "millrace-" + query + "-";
  }

  /** A thread with the next number in its name. */
  @Override
  public Thread newThread(Runnable task) {
    return named("stage-" + number.getAndIncrement(), task);
  }

  Thread named(String role, Runnable task) {
    Thread thread = new QueryThread(task, prefix + role);
    threads.add(thread);
    return thread;
  }

  /**
   * Waits until every thread but the caller's has ended, interrupting those that take too long.
   *
   * @return whether all have
   */
  boolean awaitEnd() {
    boolean ended = true;
    for (Thread thread : threads) {
      if (thread != Thread.currentThread() && thread.getState() != Thread.State.NEW) {
        ended &= join(thread);
      }
    }
    return ended;
  }

  private static boolean join(Thread thread) {
    boolean interrupted = false;
    boolean ended = false;
    try {
      ended = thread.join(GRACE);
      if (!ended) {
        thread.interrupt();
        ended = thread.join(GRACE);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      ended = !thread.isAlive();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }
}
