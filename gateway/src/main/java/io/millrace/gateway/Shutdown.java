package io.millrace.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a request to end, and holds the process up until the command has
 * ended by itself. A request that comes before anybody listens is not lost.
 */
final class Shutdown {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private Runnable listener;
  private boolean requested;
  private volatile int status = ExitStatus.FAILED;

  /** Listens to the process's signals from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endWhenDone, "millrace-shutdown"));
  }

  /** Asks the command to end. */
  void request() {
    Runnable toTell;
    synchronized (this) {
      requested = true;
      toTell = listener;
    }
    if (toTell != null) {
      toTell.run();
    }
  }

  /** Who is told of a request; at once if there was one. */
  void onRequest(Runnable action) {
    boolean now;
    synchronized (this) {
      listener = action;
      now = requested;
    }
    if (now) {
      action.run();
    }
  }

  /** The command has ended and given everything back. */
  void ended(int withStatus) {
    status = withStatus;
    ended.countDown();
  }

  private void endWhenDone() {
    if (ended.getCount() == 0) {
      return;
    }
    request();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("millrace: not ended within " + PATIENCE_SECONDS + " s, giving up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The JVM would report the signal; a run that was ended on request is done.
    Runtime.getRuntime().halt(status);
  }
}
