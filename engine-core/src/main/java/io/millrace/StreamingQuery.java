package io.millrace;

import io.millrace.types.StreamingQueryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A query that runs, or ran, in the background. Every method may be called from every thread. */
public interface StreamingQuery {
  /** Stays the same when the query restarts from its checkpoint. */
  UUID id();

  /** New with every start. */
  UUID runId();

  /** As given by {@link DataStreamWriter#queryName}; null without one. */
  String name();

  /** Whether it runs: false after {@link #stop}, a failure, or the end of bounded input. */
  boolean isActive();

  /** What it is doing now. */
  StreamingQueryStatus status();

  /** The latest report; null before the first. */
  StreamingQueryProgress lastProgress();

  /** The latest reports, oldest first. */
  List<StreamingQueryProgress> recentProgress();

  /**
   * Waits until the query has ended.
   *
   * @throws StreamingQueryException if it failed
   */
  void awaitTermination();

  /**
   * Waits until the query has ended or the time is over.
   *
   * @return whether it has ended
   * @throws StreamingQueryException if it failed
   */
  boolean awaitTermination(Duration timeout);

  /**
   * Waits until all input that is there now is committed to the sink. For tests: with input that
   * never pauses it may wait for ever. In a {@link Session#simulated simulated} session it does all
   * that there is to do at the clock's time; what a trigger has not come to waits for a later time.
   *
   * @throws StreamingQueryException if the query failed
   */
  void processAllAvailable();

  /**
   * Does one step of a query whose threads are {@link Threads#CALLER}, or whose session is {@link
   * Session#simulated simulated}, without blocking; to be called by one thread at a time.
   *
   * @return how many rows it took in; 0 if there was nothing to do
   * @throws StreamingQueryException if the query failed
   * @throws io.millrace.types.AnalysisException if the engine's own threads drive the query
   */
  int poll();

  /**
   * Ends the query and waits for that; the epoch at hand is dropped and runs again at the next
   * start. Does nothing when it has ended.
   */
  void stop();

  /** Why the query failed; empty while it runs or if it ended well. */
  Optional<StreamingQueryException> exception();

  /** Prints the plan that runs. */
  default void explain() {
    explain(false);
  }

  /**
   * Prints the plan that runs.
   *
   * @param extended also the logical plan
   */
  void explain(boolean extended);

  /**
   * What holds end to end for this query's sources, sink and checkpoint, and what it survives; for
   * people to read.
   */
  String guarantee();
}
