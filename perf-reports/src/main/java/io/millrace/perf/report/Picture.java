package io.millrace.perf.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A chart as PNG, and as SVG that is small enough to stand in a page. */
public final class Picture {
  private static final Pattern DIGITS = Pattern.compile("(\\d\\.\\d)\\d+");

  /** What a path can do without: letters are paths, and most of the text. */
  private static final Pattern BLANK = Pattern.compile(" (?=[LQZM])|,(?=-)");

  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"\\s*/>\\s*");

  private Picture() {}

  /** What all charts have in common: a logarithmic scale upwards and the legend on the right. */
  public static void style(AxesChartStyler styler) {
    styler.setYAxisLogarithmic(true);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setPlotGridLinesStroke(new BasicStroke(1)); // dashes would be a path each
    styler.setChartBackgroundColor(Color.WHITE);
  }

  /**
   * @param png file to write; its folder is made if it is not there
   * @return the same as SVG
   */
  public static String write(IChart chart, Path png) {
    try {
      Files.createDirectories(png.getParent());
      ChartEncoder.saveChart(chart, png.toString(), "png");
      String svg = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
      String rounded = DIGITS.matcher(svg).replaceAll("$1");
      return joined(BLANK.matcher(rounded).replaceAll(""));
    } catch (IOException e) {
      throw new UncheckedIOException("drawing " + png, e);
    }
  }

  /** Lines of which each begins where the one before ends become one. */
  private static String joined(String svg) {
    StringBuilder text = new StringBuilder();
    Matcher line = LINE.matcher(svg);
    int from = 0;
    String open = null;
    while (line.find()) {
      String begin = line.group(1) + line.group(2) + "," + line.group(4);
      boolean goesOn = line.start() == from && begin.equals(open);
      if (!goesOn) {
        text.append(open == null ? "" : "\"/>").append(svg, from, line.start());
        text.append("<polyline style=\"").append(line.group(1)).append("\" points=\"");
        text.append(line.group(2)).append(',').append(line.group(4));
      }
      text.append(' ').append(line.group(3)).append(',').append(line.group(5));
      open = line.group(1) + line.group(3) + "," + line.group(5);
      from = line.end();
    }
    return text.append(open == null ? "" : "\"/>").append(svg, from, svg.length()).toString();
  }
}
