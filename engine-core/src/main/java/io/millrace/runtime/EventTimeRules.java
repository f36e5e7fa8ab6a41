package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.state.offsets.CheckpointMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a query deals with event time. A checkpoint keeps the rules that it began with, whatever the
 * session says later, since results would change in the middle of a stream.
 *
 * @param lateness which rows come too late
 * @param policy how several watermarks become one
 */
record EventTimeRules(Lateness lateness, WatermarkClock.Policy policy) {
  private static final Pattern LINE =
      Pattern.compile("EventTime lateness by (batch|row), watermark by (min|max)");

  /** The line for a checkpoint's list of operators. */
  String line() {
    return "EventTime lateness by " + text(lateness) + ", watermark by " + text(policy);
  }

  private static String text(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** The rules that a checkpoint began with; empty for a query without event time. */
  static Optional<EventTimeRules> of(CheckpointMetadata begun) {
    List<String> operators = begun.operators();
    Matcher line = LINE.matcher(operators.isEmpty() ? "" : operators.getLast());
    return line.matches()
        ? Optional.of(
            new EventTimeRules(
                Lateness.parse(line.group(1)),
                WatermarkClock.Policy.valueOf(line.group(2).toUpperCase(Locale.ROOT))))
        : Optional.empty();
  }
}
