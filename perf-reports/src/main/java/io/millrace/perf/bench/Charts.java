package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.report.Picture;
import io.millrace.perf.report.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;

/** Bars with spread: a group per workload, a bar per engine. */
final class Charts {
  private static final int WIDTH = 1_100;
  private static final int HEIGHT = 520;
  private static final int LABEL_DEGREES = 30; // there is no room for all of them side by side
  private static final double THOUSAND = 1e3;
  private static final double NS_PER_ROW = 10e6 / 1e9; // seconds per 10 million rows

  /** The axis is logarithmic, and whiskers of what is below 1 would be drawn at its foot. */
  private static final double LEAST = 1;

  private final BenchFigures figures;
  private final Path folder;
  private final Map<String, String> vectors = new HashMap<>();

  Charts(BenchFigures figures, Path folder) {
    this.figures = figures;
    this.folder = folder;
  }

  /**
   * Writes each as PNG.
   *
   * @return the same as SVG, by the names of the files
   */
  Map<String, String> write() {
    write(BenchPage.WARM, "Thousand rows per second, warm", Run::warmRowsPerSecond, THOUSAND);
    write(BenchPage.COLD, "Thousand rows per second, cold", Run::coldRowsPerSecond, THOUSAND);
    write(BenchPage.CPU, "CPU nanoseconds per row", BenchPage::cpuSecondsPer10Million, NS_PER_ROW);
    return vectors;
  }

  private void write(String file, String title, ToDoubleFunction<Run> figure, double unit) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .theme(ChartTheme.XChart)
            .build();
    Picture.style(chart.getStyler());
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setXAxisLabelRotation(LABEL_DEGREES);
    chart.getStyler().setXAxisTickMarkSpacingHint(1); // else some bars have no name
    List<String> workloads = figures.settings().workloads();
    double lowest = Double.MAX_VALUE;
    for (String name : names()) {
      List<Double> medians = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      for (String workload : workloads) {
        Map<String, List<Run>> runs = BenchPage.runs(figures, workload);
        List<Run> measured = BenchPage.measured(runs.getOrDefault(name, List.of()));
        Spread spread = measured.isEmpty() ? null : Spread.of(measured, figure);
        double median = spread == null ? 0 : Math.max(LEAST, spread.median() / unit);
        lowest = spread == null ? lowest : Math.min(lowest, median);
        medians.add(spread == null ? null : median);
        errors.add(spread == null ? null : whisker(spread, unit));
      }
      chart.addSeries(name, workloads, medians, errors);
    }
    chart.getStyler().setYAxisMin(lowest / 2); // bars begin at 0 otherwise
    vectors.put(file, Picture.write(chart, folder.resolve(file)));
  }

  /**
   * Half the range of the runs on a logarithmic axis, as a factor up and down: the chart moves the
   * whisker's ends away from the bar's by this number's logarithm.
   */
  private static double whisker(Spread spread, double unit) {
    return Math.sqrt(Math.max(LEAST, spread.max() / unit) / Math.max(LEAST, spread.min() / unit));
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    figures.runs().forEach(run -> names.add(run.name()));
    return names;
  }
}
