package io.millrace.perf.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves of delay by percentile; of the percentile, the axis shows how rare the rest is. */
final class PercentileChart {
  private static final int WIDTH = 1_100;
  private static final int HEIGHT = 520;
  private static final int POINTS_PER_DECADE = 25;
  private static final double MOST = 1e4;
  private static final double MICRO = 1e3;

  /** The axis is logarithmic: nothing may reach zero. */
  private static final double LEAST_US = 0.01;

  private static final Map<Long, String> LABELS =
      Map.of(2L, "50 %", 10L, "90 %", 100L, "99 %", 1_000L, "99.9 %", 10_000L, "99.99 %");

  /** Whose curve it is; those of one family have colours alike. */
  enum Family {
    LIMIT(0, 0, 2),
    MILLRACE(0.55f, 1, 3),
    FLINK(0.92f, 1, 1.5f),
    JET(0.35f, 1, 1.5f),
    SPARK(0.05f, 1, 1.5f);

    private final float hue;
    private final float saturation;
    private final float width;

    Family(float hue, float saturation, float width) {
      this.hue = hue;
      this.saturation = saturation;
      this.width = width;
    }

    private Color shade(int number) {
      float strength = (float) Math.pow(0.75, number);
      float brightness = 1 - (saturation == 0 ? 0.7f : 0.3f) * strength;
      return Color.getHSBColor(hue + 0.05f * number, saturation * strength, brightness);
    }
  }

  private final XYChart chart;
  private final Map<Family, Integer> drawn = new HashMap<>();

  PercentileChart() {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .yAxisTitle("µs")
            .theme(ChartTheme.XChart)
            .build();
    Picture.style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(1.0);
    chart.getStyler().setXAxisMax(MOST);
    chart.getStyler().setXAxisLogarithmicDecadeOnly(false); // there is a tick at 50 %
    chart.getStyler().setYAxisDecimalPattern("#,##0.##");
    chart.setCustomXAxisTickLabelsFormatter(rare -> LABELS.getOrDefault(Math.round(rare), " "));
  }

  /**
   * @param ns at least one value
   */
  void add(Family family, String name, Histogram ns) {
    List<Double> rare = new ArrayList<>();
    List<Double> delaysUs = new ArrayList<>();
    double most = Math.min(MOST, ns.getTotalCount()) * (1 + 1e-9);
    for (int i = 0; Math.pow(10, i / (double) POINTS_PER_DECADE) <= most; i++) {
      double oneIn = Math.pow(10, i / (double) POINTS_PER_DECADE);
      rare.add(oneIn);
      delaysUs.add(Math.max(LEAST_US, ns.getValueAtPercentile(100 - 100 / oneIn) / MICRO));
    }
    XYSeries series = chart.addSeries(name, rare, delaysUs);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(family.shade(drawn.merge(family, 1, Integer::sum) - 1));
    series.setLineStyle(new BasicStroke(family.width));
  }

  boolean isEmpty() {
    return drawn.isEmpty();
  }

  /** As {@link Picture#write}. */
  String write(Path png) {
    return Picture.write(chart, png);
  }
}
