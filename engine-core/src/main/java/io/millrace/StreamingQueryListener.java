package io.millrace;

import io.millrace.types.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Told of what happens to a session's queries. Calls come in order, from one thread; a listener
 * that throws is logged and goes on being called.
 */
public interface StreamingQueryListener {
  /**
   * @param name null without one
   * @param committedEpoch the last epoch that an earlier run committed; -1 if there was none
   */
  record QueryStartedEvent(
      UUID id, UUID runId, String name, Instant timestamp, long committedEpoch) {}

  record QueryProgressEvent(StreamingQueryProgress progress) {}

  /** The query waits for input. */
  record QueryIdleEvent(UUID id, UUID runId, Instant timestamp) {}

  /**
   * @param exception the failure's message; empty if the query was stopped or its input ended
   * @param errorCode who must act on the failure
   */
  record QueryTerminatedEvent(
      UUID id, UUID runId, Optional<String> exception, Optional<ErrorCode> errorCode) {}

  /** Called before the start returns to its caller. */
  default void onQueryStarted(QueryStartedEvent event) {}

  default void onQueryProgress(QueryProgressEvent event) {}

  default void onQueryIdle(QueryIdleEvent event) {}

  default void onQueryTerminated(QueryTerminatedEvent event) {}
}
