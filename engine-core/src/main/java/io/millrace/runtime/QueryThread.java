package io.millrace.runtime;

/**
 * A thread of the engine's own. It never waits for room in an inlet: it may be the one that makes
 * the room.
 */
final class QueryThread extends Thread {
  /** One flag per thread that ever polled; kept, so that polling allocates nothing. */
  private static final ThreadLocal<boolean[]> POLLING =
      ThreadLocal.withInitial(() -> new boolean[1]);

  QueryThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }

  /**
   * Says that the caller's thread drives a query, until it says otherwise.
   *
   * @return what held before
   */
  static boolean polling(boolean value) {
    boolean[] flag = POLLING.get();
    boolean before = flag[0];
    flag[0] = value;
    return before;
  }

  /** Whether the caller's thread drives a query, so that it must not wait for one. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof QueryThread || POLLING.get()[0];
  }
}
