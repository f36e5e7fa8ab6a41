package io.millrace;

import io.millrace.spi.Durations;
import io.millrace.types.AnalysisException;
import java.time.Duration;

/** When a streaming query begins its next epoch. */
public sealed interface Trigger {
  /** An epoch as soon as the one before is committed and there is input. */
  Trigger DEFAULT = new ProcessingTime(Duration.ZERO);

  /**
   * An epoch every interval, at multiples of it since 1970; at once when the one before took
   * longer.
   *
   * @param interval zero for no waiting
   */
  record ProcessingTime(Duration interval) implements Trigger {
    public ProcessingTime {
      if (interval.isNegative()) {
        throw new AnalysisException(
            "trigger processingTime: the interval is " + interval + ", it must not be negative");
      }
    }
  }

  /** All input that is there at the start, in one epoch; then the query ends. */
  record Once() implements Trigger {}

  /** All input that is there at the start, in epochs of the sources' limits; then it ends. */
  record AvailableNow() implements Trigger {}

  /** Rows flow without waiting; every interval what has flowed is committed. */
  record Continuous(Duration checkpointInterval) implements Trigger {
    public Continuous {
      if (checkpointInterval.isNegative() || checkpointInterval.isZero()) {
        throw new AnalysisException(
            "trigger continuous: the interval is " + checkpointInterval + ", it must be positive");
      }
    }
  }

  /**
   * An epoch whenever that many rows have come in, or as many as an inlet holds if those are fewer;
   * what is left at the end of input is the last.
   */
  record EventCount(long rows) implements Trigger {
    public EventCount {
      if (rows < 1) {
        throw new AnalysisException(
            "trigger eventCount: the count is " + rows + ", it must be at least 1");
      }
    }
  }

  /** Whether the query ends by itself. */
  default boolean bounded() {
    return switch (this) {
      case Once ignored -> true;
      case AvailableNow ignored -> true;
      case ProcessingTime ignored -> false;
      case Continuous ignored -> false;
      case EventCount ignored -> false;
    };
  }

  /**
   * @param interval such as {@code "10 seconds"}
   * @throws AnalysisException if the text is no duration or the duration is negative
   */
  static Trigger processingTime(String interval) {
    return new ProcessingTime(Durations.parse(interval));
  }

  static Trigger processingTime(Duration interval) {
    return new ProcessingTime(interval);
  }

  static Trigger once() {
    return new Once();
  }

  static Trigger availableNow() {
    return new AvailableNow();
  }

  /**
   * @param checkpointInterval such as {@code "1 second"}
   * @throws AnalysisException if the text is no duration or the duration is not positive
   */
  static Trigger continuous(String checkpointInterval) {
    return new Continuous(Durations.parse(checkpointInterval));
  }

  static Trigger continuous(Duration checkpointInterval) {
    return new Continuous(checkpointInterval);
  }

  static Trigger eventCount(long rows) {
    return new EventCount(rows);
  }
}
