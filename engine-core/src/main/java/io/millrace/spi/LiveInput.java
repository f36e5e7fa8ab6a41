package io.millrace.spi;

import java.util.Map;

/**
 * Brings rows from outside into a query, on threads of its own: a connection, a subscription, a
 * server. {@link LiveSources} makes a source of it. All calls come one after the other, but for
 * {@link #metrics}.
 */
public interface LiveInput extends AutoCloseable {
  /** For progress and explain, without secrets. */
  String description();

  /** Counters for progress reports, by name; called on any thread. */
  default Map<String, Long> metrics() {
    return Map.of();
  }

  /** Begins to bring rows; called once, when the query starts. */
  void start(LiveBuffer into);

  /**
   * Called before {@link #start} if the query is to end with what is there: the input decides what
   * that means, and calls {@link LiveBuffer#end} behind it.
   */
  void fixEnd();

  /**
   * Ends the threads; none writes any more when this returns. Those that wait for room were told
   * before that there will be none. Also called if the input was never started.
   */
  @Override
  void close();
}
