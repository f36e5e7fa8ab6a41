package io.millrace;

import io.millrace.types.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a query in a {@link Simulation}, step by step; after each step the query does all
 * that there is to do. Nothing happens yet while the steps are told.
 */
public final class SimulatedInput {
  /** One thing that happens. */
  sealed interface Step {
    record Append(String inlet, String producer, List<Row> rows) implements Step {}

    record Add(int stream, List<Row> rows) implements Step {}

    record Advance(Duration time) implements Step {}

    record Commit() implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();

  SimulatedInput() {}

  /** Rows come into an inlet, from a sender without a crash of its own. */
  public SimulatedInput append(String inlet, Row... rows) {
    return appendFrom("sender", inlet, rows);
  }

  /**
   * Rows come into an inlet from one of several senders. It sends again what was not {@linkplain
   * Inlet#safeSequence safe} when the query crashed.
   */
  public SimulatedInput appendFrom(String producer, String inlet, Row... rows) {
    steps.add(new Step.Append(inlet, producer, List.of(rows)));
    return this;
  }

  /** A batch of rows comes into the session's memory stream. */
  public SimulatedInput addData(Row... rows) {
    return addDataTo(0, rows);
  }

  /**
   * A batch of rows comes into one of the session's memory streams.
   *
   * @param stream the number of the stream, in the order in which the query's function makes them,
   *     from 0
   */
  public SimulatedInput addDataTo(int stream, Row... rows) {
    steps.add(new Step.Add(stream, List.of(rows)));
    return this;
  }

  /** Time passes. */
  public SimulatedInput advance(Duration time) {
    steps.add(new Step.Advance(time));
    return this;
  }

  /** A continuous query ends its epoch, although its interval is not over. */
  public SimulatedInput commit() {
    steps.add(new Step.Commit());
    return this;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
