package io.millrace.perf.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The median of some values, and where the true one lies, whatever their distribution.
 *
 * @param confidence that it lies there
 */
record Interval(double median, double low, double high, double confidence) {
  private static final double WANTED = 0.95;

  /** Fewer values are never that sure. */
  static final int LEAST_VALUES = 6;

  /**
   * @throws IllegalArgumentException if there are fewer than {@value #LEAST_VALUES}
   */
  static Interval ofMedian(List<Double> values) {
    int count = values.size();
    if (count < LEAST_VALUES) {
      throw new IllegalArgumentException(
          "an interval needs " + LEAST_VALUES + " values, there are " + count);
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    // All but the outermost cut pairs of values: it misses as often as a coin falls that way.
    int cut = 0;
    double missed = 2 * Math.pow(0.5, count);
    double ways = 1;
    double next = missed;
    while (1 - next >= WANTED) {
      missed = next;
      cut++;
      ways = ways * (count - cut + 1) / cut;
      next = missed + 2 * ways * Math.pow(0.5, count);
    }
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    int low = Math.max(0, cut - 1);
    return new Interval(median, sorted.get(low), sorted.get(count - 1 - low), 1 - missed);
  }
}
