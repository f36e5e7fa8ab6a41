package io.millrace;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The running queries of one session. */
public interface QueryManager {
  List<StreamingQuery> active();

  /** The active query with that id; null if there is none. */
  StreamingQuery get(UUID id);

  /** The active query with that name; null if there is none. */
  StreamingQuery get(String name);

  /**
   * Waits until one of the session's queries has ended, or returns at once if one has since the
   * session began or {@link #resetTerminated} was called.
   *
   * @throws io.millrace.types.StreamingQueryException if one failed
   */
  void awaitAnyTermination();

  /**
   * The same, but no longer than that.
   *
   * @return whether one has ended
   */
  boolean awaitAnyTermination(Duration timeout);

  /** Forgets the queries that have ended. */
  void resetTerminated();

  void addListener(StreamingQueryListener listener);

  void removeListener(StreamingQueryListener listener);
}
