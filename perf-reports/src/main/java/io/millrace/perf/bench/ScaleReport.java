package io.millrace.perf.bench;

import io.millrace.perf.process.JsonFile;
import io.millrace.perf.report.HtmlPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a report's folder: raw figures, a page of Markdown with pictures, and one of HTML. */
final class ScaleReport {
  private ScaleReport() {}

  /**
   * @param folder made if it is not there
   */
  static void write(Path folder, ScaleFigures figures) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve("scale.json"), figures);
      String text = ScalePage.of(figures);
      Files.writeString(folder.resolve("README.md"), text);
      Map<String, String> vectors = new ScaleCharts(figures, folder).write();
      Files.writeString(folder.resolve("index.html"), HtmlPage.of("Scale", text, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
