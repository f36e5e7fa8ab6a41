package io.millrace.perf.report;

import io.millrace.perf.latency.Distributions;
import io.millrace.perf.latency.LatencyFigures;
import java.nio.file.Path;
import java.util.Map;

/** The report of latency, with whole distributions below {@code hdr}. */
public final class LatencyReport {
  private LatencyReport() {}

  /**
   * @param folder made if it is not there
   */
  public static void write(Path folder, LatencyFigures figures, Distributions distributions) {
    distributions.write(folder.resolve("hdr"));
    Map<String, String> vectors = new LatencyCharts(figures, distributions, folder).write();
    String text = LatencyPage.of(figures, vectors.keySet());
    HtmlReport.write(folder, "latency.json", figures, "Latency", text, vectors);
  }
}
