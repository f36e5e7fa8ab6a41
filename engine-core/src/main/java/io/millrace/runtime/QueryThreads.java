package io.millrace.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one query: named, daemons, and all of them gone when the query is. */
final class QueryThreads implements ThreadFactory {
  private final String prefix;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Duration grace;

  /**
   * @param query its name, or the beginning of its id
   * @param grace how long a thread may take to end before it is interrupted, and after that
   */
  QueryThreads(String query, Duration grace) {
    this.prefix = "millrace-" + query + "-";
    this.grace = grace;
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

  /** Whether the caller's thread is one of the query's own. */
  boolean isOwn() {
    return threads.contains(Thread.currentThread());
  }

  /**
   * Waits until every thread but the caller's has ended, interrupting those that take too long. An
   * interrupt of the caller does not end the wait: what the threads use must not be given back
   * before.
   *
   * @return whether all have
   */
  boolean awaitEnd() {
    boolean interrupted = Thread.interrupted();
    boolean ended = true;
    for (Thread thread : threads) {
      if (thread != Thread.currentThread() && thread.getState() != Thread.State.NEW) {
        while (true) {
          try {
            ended &= join(thread);
            break;
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  private boolean join(Thread thread) throws InterruptedException {
    if (thread.join(grace)) {
      return true;
    }
    thread.interrupt();
    return thread.join(grace);
  }
}
