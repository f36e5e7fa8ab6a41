package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.report.Picture;
import io.millrace.perf.report.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;

/** A curve per engine over what grows; both scales are logarithmic. */
final class ScaleCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 380;

  private final ScaleFigures figures;
  private final Path folder;
  private final Map<String, String> vectors = new LinkedHashMap<>();

  ScaleCharts(ScaleFigures figures, Path folder) {
    this.figures = figures;
    this.folder = folder;
  }

  /**
   * Writes each as PNG.
   *
   * @return the same as SVG, by the names of the files
   */
  Map<String, String> write() {
    for (Axis axis : Axis.values()) {
      write(axis, ScalePage.RATE, "million rows/s", Run::warmRowsPerSecond, ScalePage.MILLION);
      write(
          axis,
          ScalePage.MEMORY,
          "peak MiB",
          run -> run.measured().peakResidentBytes(),
          ScalePage.MEBIBYTE);
    }
    return vectors;
  }

  private void write(
      Axis axis, String name, String title, ToDoubleFunction<Run> figure, double unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(axis.title())
            .yAxisTitle(title)
            .theme(ChartTheme.XChart)
            .build();
    Picture.style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true);
    chart.setCustomXAxisTickLabelsFormatter(value -> String.format(Locale.ROOT, "%,.0f", value));
    for (String id : figures.settings().engines()) {
      List<Double> values = new ArrayList<>();
      List<Double> medians = new ArrayList<>();
      for (Size size : axis.sizes(figures.settings())) {
        List<Run> runs = figures.measured(Engine.of(id), size);
        if (!runs.isEmpty()) {
          values.add((double) axis.value(size));
          medians.add(Spread.of(runs, figure).median() / unit);
        }
      }
      if (!values.isEmpty()) {
        chart.addSeries(id, values, medians);
      }
    }
    String file = axis.picture(name);
    vectors.put(file, Picture.write(chart, folder.resolve(file)));
  }
}
