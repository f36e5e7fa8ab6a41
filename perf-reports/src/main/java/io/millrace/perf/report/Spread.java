package io.millrace.perf.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The least, the middle and the greatest of some figures. */
record Spread(double min, double median, double max) {

  /**
   * @param all at least one
   */
  static <T> Spread of(Collection<T> all, ToDoubleFunction<T> figure) {
    List<Double> sorted = all.stream().map(figure::applyAsDouble).sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  /** As cells of a table. */
  String cells(double unit, int digits) {
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " | " + number + " | " + number,
        min / unit,
        median / unit,
        max / unit);
  }
}
