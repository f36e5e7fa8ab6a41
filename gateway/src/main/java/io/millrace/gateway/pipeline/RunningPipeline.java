package io.millrace.gateway.pipeline;

import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryListener;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A pipeline's queries, running; they end together. */
public final class RunningPipeline {
  /** What wakes up the thread that waits for the end. */
  private enum Event {
    QUERY_ENDED,
    QUERY_FAILED,
    STOP_REQUESTED
  }

  private final List<StreamingQuery> queries = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private RunningPipeline() {}

  /**
   * Starts every query.
   *
   * @throws InvalidPipelineException if the first of them cannot be started; then nothing was
   * @throws MillraceException with another code than PLAN if a later one cannot be; those before it
   *     were stopped again
   */
  public static RunningPipeline start(PreparedPipeline prepared) {
    RunningPipeline running = new RunningPipeline();
    prepared
        .session()
        .streams()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryTerminated(QueryTerminatedEvent event) {
                running.events.add(
                    event.exception().isPresent() ? Event.QUERY_FAILED : Event.QUERY_ENDED);
              }
            });
    for (PreparedPipeline.PreparedQuery query : prepared.queries()) {
      try {
        running.queries.add(query.writer().start());
      } catch (MillraceException e) {
        throw running.notStarted(prepared.pipeline(), query.description(), e);
      }
    }
    return running;
  }

  private MillraceException notStarted(
      Pipeline pipeline, Pipeline.Query query, MillraceException cause) {
    String message =
        pipeline.file()
            + ":"
            + query.line()
            + ": query "
            + query.name()
            + ": "
            + cause.getMessage();
    if (queries.isEmpty()) {
      return new InvalidPipelineException(message, cause);
    }
    stopAll();
    return new MillraceException(ErrorCode.CONNECTOR, message, cause);
  }

  /** Waits until all input that is there now is processed, or a query has failed. */
  public void processAllAvailable() {
    try {
      queries.forEach(StreamingQuery::processAllAvailable);
    } catch (StreamingQueryException e) {
      // Whoever awaits the end is told.
    }
  }

  /** Asks the queries to end; from any thread, returns at once. */
  public void requestStop() {
    events.add(Event.STOP_REQUESTED);
  }

  /**
   * Waits until all queries have ended, one has failed, or a stop was requested; then none runs any
   * more.
   *
   * @return the failure, if there was one
   */
  public Optional<StreamingQueryException> awaitEnd() {
    try {
      int ended = 0;
      while (ended < queries.size() && events.take() == Event.QUERY_ENDED) {
        ended++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopAll();
    return queries.stream().flatMap(query -> query.exception().stream()).findFirst();
  }

  private void stopAll() {
    queries.forEach(StreamingQuery::stop);
  }
}
