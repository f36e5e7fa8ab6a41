package io.millrace.runtime;

/**
 * A thread of the engine's own. It never waits for room in an inlet: it may be the one that makes
 * the room.
 */
final class QueryThread extends Thread {
  private static final ThreadLocal<Boolean> POLLING = new ThreadLocal<>();

  QueryThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }

  /** Says that the caller's thread drives a query, until it says otherwise. */
  static void polling(boolean value) {
    if (value) {
      POLLING.set(true);
    } else {
      POLLING.remove();
    }
  }

  /** Whether the caller's thread drives a query, so that it must not wait for one. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof QueryThread || POLLING.get() != null;
  }
}
