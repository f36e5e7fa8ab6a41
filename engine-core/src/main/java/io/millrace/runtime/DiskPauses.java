package io.millrace.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query's waits for room on its disks. It is paused while there is at least one; several of its
 * threads may wait at once.
 */
final class DiskPauses {
  private static final Logger LOG = LoggerFactory.getLogger(DiskPauses.class);

  private final List<DiskPause> open = new ArrayList<>();
  private volatile DiskPause current;
  private volatile long count;

  synchronized void begin(String query, DiskPause pause) {
    open.add(pause);
    if (current == null) {
      current = pause;
      count = count + 1;
      LOG.warn("query {}: {}", query, pause.message());
    }
  }

  synchronized void end(String query, DiskPause pause) {
    open.remove(pause);
    if (current == pause) {
      current = open.isEmpty() ? null : open.getFirst();
      if (current == null) {
        LOG.info("query {}: the wait for room on the disk is over", query);
      }
    }
  }

  /** The oldest wait; null while the query is not paused. */
  DiskPause current() {
    return current;
  }

  /** How often the query was paused, now included. */
  long count() {
    return count;
  }
}
