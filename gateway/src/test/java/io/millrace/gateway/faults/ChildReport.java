package io.millrace.gateway.faults;

import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryListener;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** What a child says of itself, a line each, for its parent's {@link ChildLog}. */
@SuppressWarnings("SystemOut") // how the parent hears of it
final class ChildReport implements StreamingQueryListener {
  static final String BEGUN = "begun";
  static final String RESUMED = "resumed after epoch ";
  static final String FIRST = "milliseconds to the first epoch: ";
  static final String COMMITTED = "committed epoch ";
  static final String FOUND = "found safe of ";
  static final String SAFE = "safe of ";
  static final String GOAL = "rows of each sender: ";
  static final String PAUSED = "PAUSED_DISK_FULL";

  private static final long POLL_NS = 1_000_000;

  private boolean first = true;

  ChildReport() {
    System.out.println(BEGUN);
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    System.out.println(RESUMED + event.committedEpoch());
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    if (event.progress().numInputRows() == 0) {
      return; // it waits
    }
    if (first) {
      first = false;
      Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
      System.out.println(FIRST + Duration.between(start, Instant.now()).toMillis());
    }
    System.out.println(COMMITTED + event.progress().batchId());
  }

  /** Reports each time that the query pauses. */
  void watch(StreamingQuery query) {
    Thread watcher = new Thread(() -> watchPauses(query), "pauses");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void watchPauses(StreamingQuery query) {
    boolean paused = false;
    while (query.isActive()) {
      String message = query.status().message();
      boolean now = message.startsWith(PAUSED);
      if (now && !paused) {
        System.out.println(message);
      }
      paused = now;
      LockSupport.parkNanos(POLL_NS);
    }
  }
}
