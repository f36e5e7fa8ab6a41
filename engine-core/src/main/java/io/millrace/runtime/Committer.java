package io.millrace.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * Makes epochs' ends safe on a thread of its own, one at a time, so that rows need not wait for the
 * disk. The thread sleeps while there is nothing to do.
 */
final class Committer implements AutoCloseable {
  private final Thread thread;
  private final Runnable onDone;

  /** Handed over by a volatile write, and taken back by another: null is the owner's turn. */
  private volatile Runnable work;

  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * @param onDone run on the committer's thread when work has ended, well or not
   */
  Committer(QueryThreads threads, Runnable onDone) {
    this.onDone = onDone;
    this.thread = threads.named("commits", this::run);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (true) {
      Runnable given = work;
      if (given != null) {
        try {
          given.run();
        } catch (Throwable e) {
          failure = e;
        }
        work = null;
        onDone.run();
      } else if (closed) {
        return;
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Hands work over; the last one has ended. */
  void submit(Runnable next) {
    assert work == null : "one epoch at a time";
    work = next;
    LockSupport.unpark(thread);
  }

  /**
   * Whether the last work has ended.
   *
   * @throws RuntimeException what it failed with
   */
  boolean isIdle() {
    if (work != null) {
      return false;
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return true;
  }

  /** Waits for the work at hand; what it fails with is not thrown. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
