package io.millrace.runtime;

/**
 * Tells waiting threads when the query has taken in all input that there was when they asked: a
 * step that began after the request found nothing.
 */
final class CaughtUp {
  private volatile long requested;
  private long begun;
  private volatile long reached;
  private boolean abandoned;

  synchronized long request() {
    requested = requested + 1;
    return requested;
  }

  /** A step begins. Returns whether somebody waits. */
  boolean begin() {
    if (requested == reached) {
      return false;
    }
    synchronized (this) {
      begun = requested;
      return true;
    }
  }

  /** The step that began last found nothing to do. */
  synchronized void reached() {
    if (reached < begun) {
      reached = begun;
      notifyAll();
    }
  }

  /** The query has ended; nobody needs to wait any more. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  synchronized boolean isAwaited() {
    return requested > begun;
  }

  synchronized boolean isReached(long request) {
    return reached >= request;
  }

  synchronized void await(long request) throws InterruptedException {
    while (reached < request && !abandoned) {
      wait();
    }
  }
}
