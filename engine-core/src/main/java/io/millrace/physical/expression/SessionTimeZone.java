package io.millrace.physical.expression;

import io.millrace.types.AnalysisException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The option that says in which time zone text is read as TIMESTAMP and timestamps have a day, an
 * hour and a text. So far it is UTC; another zone will reach {@link TimeFunctions} and the casts
 * through {@link EvaluationContext}.
 */
public final class SessionTimeZone {
  /** The session option. */
  public static final String OPTION = "millrace.timeZone";

  private SessionTimeZone() {}

  /**
   * Accepts every name of UTC.
   *
   * @throws AnalysisException for another zone, or for what is none
   */
  public static void requireUtc(String zone) {
    try {
      if (ZoneId.of(zone).getRules().equals(ZoneOffset.UTC.getRules())) {
        return;
      }
    } catch (DateTimeException e) {
      throw new AnalysisException(OPTION + ": there is no time zone '" + zone + "'; use UTC", e);
    }
    throw new AnalysisException(
        OPTION + ": the time zone " + zone + " is not supported yet; use UTC");
  }
}
