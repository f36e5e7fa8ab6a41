package io.millrace.perf.report;

import io.millrace.perf.latency.Distributions;
import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the folder of a report on latency: raw figures, distributions below {@code hdr}, a page of
 * Markdown with pictures, and the same as one page of HTML.
 */
public final class LatencyReport {
  private LatencyReport() {}

  /**
   * @param folder made if it is not there
   */
  public static void write(Path folder, LatencyFigures figures, Distributions distributions) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve("latency.json"), figures);
      distributions.write(folder.resolve("hdr"));
      Map<String, String> vectors = new LatencyCharts(figures, distributions, folder).write();
      String text = LatencyPage.of(figures, vectors.keySet());
      Files.writeString(folder.resolve("README.md"), text);
      Files.writeString(folder.resolve("index.html"), HtmlPage.of("Latency", text, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
