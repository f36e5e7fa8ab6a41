package io.millrace.sql;

import io.millrace.plan.Expression.Interval;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code INTERVAL 5 MINUTES}, {@code INTERVAL '1' DAY}, {@code INTERVAL '1 day 2 hours'},
 * {@code INTERVAL '1-2' YEAR TO MONTH} and {@code INTERVAL '1 02:03:04' DAY TO SECOND}.
 */
final class IntervalLiteral {
  private static final String EXAMPLE =
      "an interval such as INTERVAL 5 MINUTES or INTERVAL '1 day 2 hours'";
  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?)\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*([a-zA-Z]+)\\s*");
  private static final Pattern YEAR_TO_MONTH = Pattern.compile("([+-]?)(\\d+)-(\\d+)");
  private static final Pattern CLOCK =
      Pattern.compile("([+-]?)(?:(\\d+) )?(\\d+)(?::(\\d+))?(?::(\\d+(?:\\.\\d+)?))?");

  private static final long SECOND_US = 1_000_000L;
  private static final long MINUTE_US = 60 * SECOND_US;
  private static final long HOUR_US = 60 * MINUTE_US;
  private static final long DAY_US = 24 * HOUR_US;

  private IntervalLiteral() {}

  /** Whether the word INTERVAL, which stands next, starts a literal and is not a name. */
  static boolean follows(TokenStream tokens) {
    Token next = tokens.peek(1);
    Token behind = tokens.peek(2);
    return next.kind() == Token.Kind.STRING
        || next.kind() == Token.Kind.NUMBER
        || (next.isSymbol("-") || next.isSymbol("+"))
            && (behind.kind() == Token.Kind.NUMBER || behind.kind() == Token.Kind.STRING)
            && tokens.peek(3).kind() == Token.Kind.WORD;
  }

  static Interval read(TokenStream tokens) {
    tokens.expectWord("INTERVAL");
    Token first = tokens.peek();
    try {
      if (first.kind() == Token.Kind.STRING && !isUnit(tokens.peek(1))) {
        return ofText(tokens.take().text());
      }
      StringBuilder text = new StringBuilder();
      do {
        text.append(tokens.acceptSymbol("-") ? " -" : tokens.acceptSymbol("+") ? " +" : " ");
        Token value = tokens.take();
        if (!isUnit(tokens.peek())) {
          throw tokens.expected("a unit such as MINUTES");
        }
        String unit = tokens.take().text();
        if (tokens.acceptWord("TO")) {
          return ofRange(value.text().strip(), unit, tokens.take().text());
        }
        text.append(value.text().strip()).append(' ').append(unit);
      } while (continues(tokens));
      return ofText(text.toString());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw tokens.errorAt(first, "'" + tokens.textFrom(first) + "' is not " + EXAMPLE);
    }
  }

  /** Whether another {@code 2 HOURS} follows; a sign only when a unit stands behind the number. */
  private static boolean continues(TokenStream tokens) {
    return (tokens.peek().kind() == Token.Kind.NUMBER || tokens.peek().kind() == Token.Kind.STRING)
        && isUnit(tokens.peek(1));
  }

  private static boolean isUnit(Token token) {
    return token.kind() == Token.Kind.WORD && unitUs(token.text()) != 0;
  }

  /** Parts of number and unit, for example {@code 1 day -2 hours}. */
  static Interval ofText(String text) {
    String body = text.strip();
    if (body.regionMatches(true, 0, "interval ", 0, 9)) {
      body = body.substring(9);
    }
    Matcher matcher = PART.matcher(body);
    long months = 0;
    BigDecimal us = BigDecimal.ZERO;
    int end = 0;
    while (end < body.length() && matcher.find(end) && matcher.start() == end) {
      BigDecimal number = new BigDecimal(matcher.group(1).replace("+", "") + matcher.group(2));
      long unit = unitUs(matcher.group(3));
      if (unit == 0) {
        throw new IllegalArgumentException(matcher.group(3));
      } else if (unit < 0) {
        months = Math.addExact(months, number.longValueExact() * -unit);
      } else {
        us = us.add(number.multiply(BigDecimal.valueOf(unit)));
      }
      end = matcher.end();
    }
    if (end == 0 || end < body.length()) {
      throw new IllegalArgumentException(text);
    }
    return new Interval(Math.toIntExact(months), us.longValueExact());
  }

  /** {@code '1-2' YEAR TO MONTH} and {@code '1 02:03:04.5' DAY TO SECOND}. */
  private static Interval ofRange(String text, String from, String to) {
    if (from.equalsIgnoreCase("year") && to.equalsIgnoreCase("month")) {
      Matcher matcher = YEAR_TO_MONTH.matcher(text);
      if (matcher.matches()) {
        int months =
            Math.addExact(
                Math.multiplyExact(12, Integer.parseInt(matcher.group(2))),
                Integer.parseInt(matcher.group(3)));
        return new Interval(matcher.group(1).equals("-") ? -months : months, 0);
      }
      throw new IllegalArgumentException(text);
    }
    Matcher matcher = CLOCK.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long[] units = {DAY_US, HOUR_US, MINUTE_US, SECOND_US};
    int first = unitIndex(units, from);
    int last = unitIndex(units, to);
    // The pattern's last three groups are as many units as stand there, from the first one on.
    int group = first == 0 ? 2 : 3;
    BigDecimal us = BigDecimal.ZERO;
    for (int unit = first; unit <= last; unit++, group++) {
      String digits = group <= matcher.groupCount() ? matcher.group(group) : null;
      if (digits == null) {
        throw new IllegalArgumentException(text);
      }
      us = us.add(new BigDecimal(digits).multiply(BigDecimal.valueOf(units[unit])));
    }
    boolean rest = group <= matcher.groupCount() && matcher.group(group) != null;
    if (rest || first > last || (first > 0 && matcher.group(2) != null)) {
      throw new IllegalArgumentException(text);
    }
    long total = us.longValueExact();
    return new Interval(0, matcher.group(1).equals("-") ? -total : total);
  }

  private static int unitIndex(long[] units, String name) {
    long us = unitUs(name);
    for (int i = 0; i < units.length; i++) {
      if (units[i] == us) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** A unit's length in microseconds; for months and years minus the months; 0 if unknown. */
  private static long unitUs(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "microsecond", "microseconds", "us" -> 1L;
      case "millisecond", "milliseconds", "ms" -> 1_000L;
      case "second", "seconds", "sec", "secs", "s" -> SECOND_US;
      case "minute", "minutes", "min", "mins" -> MINUTE_US;
      case "hour", "hours", "h" -> HOUR_US;
      case "day", "days", "d" -> DAY_US;
      case "week", "weeks" -> 7 * DAY_US;
      case "month", "months" -> -1L;
      case "year", "years" -> -12L;
      default -> 0L;
    };
  }
}
