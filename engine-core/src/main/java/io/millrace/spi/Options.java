package io.millrace.spi;

import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A connector's options as the user wrote them; keys in any case. Wrong values are errors that name
 * the option.
 */
public final class Options {
  private final String owner;
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param owner whose options these are, for errors: {@code source readings (json)}
   */
  public Options(String owner, Map<String, String> values) {
    this.owner = owner;
    this.values.putAll(values);
  }

  public String owner() {
    return owner;
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  /**
   * @throws AnalysisException if the option is missing
   */
  public String require(String key) {
    String value = values.get(key);
    if (value == null || value.isEmpty()) {
      throw new AnalysisException(owner + ": option " + key + " is missing");
    }
    return value;
  }

  public boolean getBoolean(String key, boolean otherwise) {
    return convert(key, "true or false", otherwise, Options::parseBoolean);
  }

  public int getInt(String key, int otherwise) {
    return convert(key, "a whole number", otherwise, Integer::valueOf);
  }

  public long getLong(String key, long otherwise) {
    return convert(key, "a whole number", otherwise, Long::valueOf);
  }

  /** A size such as {@code 4096}, {@code 64k}, {@code 16mb} or {@code 2g}, in bytes. */
  public long getBytes(String key, long otherwise) {
    return convert(key, "a size such as 64k, 16mb or 2g", otherwise, Options::parseBytes);
  }

  public Duration getDuration(String key, Duration otherwise) {
    return convert(key, "a duration such as 10 seconds", otherwise, Durations::parse);
  }

  /**
   * Refuses options that nobody knows, naming the nearest known one.
   *
   * @throws AnalysisException for the first unknown one
   */
  public void requireKnown(Collection<String> known) {
    for (String key : values.keySet()) {
      if (known.stream().noneMatch(key::equalsIgnoreCase)) {
        throw new AnalysisException(
            owner
                + ": unknown option "
                + key
                + NearestName.suggestion(key, known)
                + (known.isEmpty()
                    ? "; it has none"
                    : "; known are " + known.stream().sorted().toList()));
      }
    }
  }

  private <T> T convert(String key, String expected, T otherwise, Function<String, T> parse) {
    String value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return parse.apply(value.strip());
    } catch (IllegalArgumentException | AnalysisException e) {
      throw new AnalysisException(
          owner + ": option " + key + " is " + value + ", it must be " + expected, e);
    }
  }

  private static Boolean parseBoolean(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Long parseBytes(String text) {
    String lower =
        text.toLowerCase(java.util.Locale.ROOT).replace("ib", "").replace("b", "").strip();
    int shift =
        switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          case 't' -> 40;
          default -> 0;
        };
    String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1).strip();
    return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
  }
}
