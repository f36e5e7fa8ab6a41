package io.millrace.perf.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The least, the middle and the greatest of some figures. */
public record Spread(double min, double median, double max) {

  /**
   * @param all at least one
   */
  public static <T> Spread of(Collection<T> all, ToDoubleFunction<T> figure) {
    List<Double> sorted = all.stream().map(figure::applyAsDouble).sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  /** As one cell: the median and, if there is a spread, the least and the most. */
  public String cell(double unit, int digits) {
    String number = "%." + digits + "f";
    return min == max
        ? String.format(Locale.ROOT, number, median / unit)
        : String.format(
            Locale.ROOT,
            number + " (" + number + " to " + number + ")",
            median / unit,
            min / unit,
            max / unit);
  }

  /** As cells of a table. */
  public String cells(double unit, int digits) {
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " | " + number + " | " + number,
        min / unit,
        median / unit,
        max / unit);
  }
}
