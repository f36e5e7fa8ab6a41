package io.millrace.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names a user may have meant. */
public final class NearestName {
  private static final int MAX_SUGGESTIONS = 3;

  private NearestName() {}

  /**
   * Text to put behind an unknown name: {@code "; did you mean temperature?"}, or nothing when none
   * is near.
   */
  public static String suggestion(String unknown, Collection<String> known) {
    List<String> near = nearest(unknown, known);
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  /** The nearest names by edit distance, at most three, nearest first. */
  public static List<String> nearest(String unknown, Collection<String> known) {
    String wanted = unknown.toLowerCase(Locale.ROOT);
    int tolerance = wanted.length() <= 3 ? 1 : Math.max(2, wanted.length() / 3);
    record Scored(String name, int distance) {}
    return known.stream()
        .map(name -> new Scored(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.distance <= tolerance)
        .sorted(Comparator.comparingInt(Scored::distance))
        .limit(MAX_SUGGESTIONS)
        .map(Scored::name)
        .toList();
  }

  /** Levenshtein's distance, by rows; two neighbours that have changed places count once. */
  private static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
        }
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[b.length()];
  }
}
