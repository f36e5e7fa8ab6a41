package io.millrace.spi;

import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as Spark writes them: {@code "10 seconds"}, {@code "1 minute 30 seconds"}, {@code
 * "500ms"}.
 */
public final class Durations {
  private static final Pattern PART =
      Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµ]+)\\s*");

  private Durations() {}

  /**
   * @throws AnalysisException if the text is no duration, or has months or years, whose length
   *     varies
   */
  public static Duration parse(String text) {
    String body = text.strip();
    if (body.regionMatches(true, 0, "interval ", 0, 9)) {
      body = body.substring(9);
    }
    Matcher matcher = PART.matcher(body);
    Duration total = Duration.ZERO;
    int end = 0;
    while (end < body.length() && matcher.find(end) && matcher.start() == end) {
      total = total.plus(part(text, matcher.group(1), matcher.group(2)));
      end = matcher.end();
    }
    if (end == 0 || end < body.length()) {
      throw new AnalysisException(
          "\"" + text + "\" is no duration; write for example \"10 seconds\" or \"1 minute\"");
    }
    return total;
  }

  /** The same in microseconds. */
  public static long parseUs(String text) {
    Duration duration = parse(text);
    try {
      return Math.addExact(
          Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw new AnalysisException("duration \"" + text + "\" is too long", e);
    }
  }

  /**
   * The same where only a positive duration makes sense.
   *
   * @param what it is for, in errors: {@code option idleTimeout}
   * @throws AnalysisException if the text is no duration, or not a positive one
   */
  public static long positiveUs(String what, String text) {
    long us;
    try {
      us = parseUs(text);
    } catch (AnalysisException e) {
      throw new AnalysisException(what + ": " + e.getMessage(), e);
    }
    if (us <= 0) {
      throw new AnalysisException(what + " is " + text + ", it must be more than 0");
    }
    return us;
  }

  /** The text that {@link #parse} reads as this duration. */
  public static String text(Duration duration) {
    return duration.getSeconds() + " seconds " + duration.getNano() + " nanoseconds";
  }

  private static Duration part(String text, String number, String unit) {
    long unitNs = unitNs(text, unit);
    try {
      return Duration.ofSeconds(0)
          .plusNanos(
              new java.math.BigDecimal(number)
                  .multiply(java.math.BigDecimal.valueOf(unitNs))
                  .longValueExact());
    } catch (ArithmeticException e) {
      throw new AnalysisException(
          "duration \"" + text + "\" is too long or finer than a nanosecond", e);
    }
  }

  private static long unitNs(String text, String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ns", "nanosecond", "nanoseconds" -> 1L;
      case "us", "µs", "microsecond", "microseconds" -> 1_000L;
      case "ms", "millisecond", "milliseconds" -> 1_000_000L;
      case "s", "sec", "secs", "second", "seconds" -> 1_000_000_000L;
      case "m", "min", "mins", "minute", "minutes" -> 60_000_000_000L;
      case "h", "hour", "hours" -> 3_600_000_000_000L;
      case "d", "day", "days" -> 86_400_000_000_000L;
      case "week", "weeks" -> 7 * 86_400_000_000_000L;
      case "month", "months", "year", "years" ->
          throw new AnalysisException(
              "duration \""
                  + text
                  + "\" has months or years, which differ in length; write it in days, hours or"
                  + " minutes");
      default ->
          throw new AnalysisException(
              "duration \""
                  + text
                  + "\": unknown unit "
                  + unit
                  + "; use milliseconds, seconds, minutes, hours, days or weeks");
    };
  }
}
