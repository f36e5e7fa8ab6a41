package io.millrace.gateway.terminal;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that were filled in from outside and must not be shown. Everything the process prints,
 * but the rows of a query, goes through {@link #redact}. Safe for threads.
 */
public final class Secrets {
  private static final String MASK = "***";

  /** A shorter value is only masked where it stands alone, or it would mask parts of words. */
  private static final int MIN_LENGTH_INSIDE_WORDS = 4;

  /** A shorter line of a secret of many lines may be a lone bracket. */
  private static final int MIN_LENGTH_OF_LINE = 8;

  private final Set<String> values =
      new TreeSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(value -> value));
  private volatile Pattern pattern;

  /** Takes note of a value, of each line of it, and of how they look inside JSON and SQL. */
  public synchronized void add(String value) {
    value
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= MIN_LENGTH_OF_LINE)
        .forEach(this::addVariants);
    addVariants(value.strip());
    StringBuilder alternatives = new StringBuilder();
    for (String hidden : values) {
      String quoted = Pattern.quote(hidden);
      alternatives
          .append(alternatives.isEmpty() ? "" : "|")
          .append(
              hidden.length() < MIN_LENGTH_INSIDE_WORDS
                  ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])"
                  : quoted);
    }
    pattern = values.isEmpty() ? null : Pattern.compile(alternatives.toString());
  }

  /** The text with every secret replaced by asterisks. */
  public String redact(String text) {
    Pattern hidden = pattern;
    return hidden == null ? text : hidden.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
  }

  private void addVariants(String value) {
    if (!value.isEmpty()) {
      values.add(value);
      values.add(
          value
              .replace("\\", "\\\\")
              .replace("\"", "\\\"")
              .replace("\n", "\\n")
              .replace("\r", "\\r")
              .replace("\t", "\\t"));
      values.add(value.replace("'", "''"));
    }
  }
}
