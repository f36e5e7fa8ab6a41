package io.millrace.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and timestamps that stand in a query as text: {@code 2025-10-10}, {@code 2025-10-10
 * 12:01:00.5}, {@code 2025-10-10T12:01:00Z}; parts may be left out from the right. Without a zone
 * the text is UTC.
 */
public final class TimeLiteral {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[T ]((\\d{1,2}):(\\d{1,2})"
              + "(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?\\s*(Z|z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?"
              + "|[A-Za-z]+/[A-Za-z_/]+)?)?)?)?");

  private TimeLiteral() {}

  /** The date, or empty if the text is none; a time of day behind it is ignored. */
  public static Optional<LocalDate> date(String text) {
    return timestamp(text.strip().replaceFirst("[T ].*", ""))
        .map(instant -> instant.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** The time, digits behind the microsecond cut off, or empty if the text is none. */
  public static Optional<Instant> timestamp(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(matcher.group(1)), part(matcher, 2, 1), part(matcher, 3, 1));
      LocalTime time =
          matcher.group(4) == null
              ? LocalTime.MIDNIGHT
              : LocalTime.of(
                  part(matcher, 5, 0), part(matcher, 6, 0), part(matcher, 7, 0), nanos(matcher));
      return Optional.of(LocalDateTime.of(date, time).atZone(zone(matcher.group(9))).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int part(Matcher matcher, int group, int otherwise) {
    return matcher.group(group) == null ? otherwise : Integer.parseInt(matcher.group(group));
  }

  private static int nanos(Matcher matcher) {
    if (matcher.group(8) == null) {
      return 0;
    }
    return Integer.parseInt((matcher.group(8) + "000000").substring(0, 6)) * 1_000;
  }

  private static ZoneId zone(String text) {
    if (text == null || text.equalsIgnoreCase("Z")) {
      return ZoneOffset.UTC;
    } else if (text.matches("[+-]\\d")) {
      return ZoneId.of(text.charAt(0) + "0" + text.charAt(1));
    } else if (text.matches("[+-]\\d:?\\d{2}")) {
      return ZoneId.of(text.charAt(0) + "0" + text.substring(1));
    }
    return ZoneId.of(text);
  }
}
