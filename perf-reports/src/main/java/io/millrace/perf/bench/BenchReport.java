package io.millrace.perf.bench;

import io.millrace.perf.process.JsonFile;
import io.millrace.perf.report.HtmlPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a report's folder: raw figures, a page of Markdown with pictures, and the same page with
 * its pictures in it, which needs nothing else to be read.
 */
public final class BenchReport {
  private BenchReport() {}

  /**
   * @param folder made if it is not there
   */
  public static void write(Path folder, BenchFigures figures) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve("bench.json"), figures);
      String text = BenchPage.of(figures);
      Files.writeString(folder.resolve("README.md"), text);
      Map<String, String> vectors = new Charts(figures, folder).write();
      Files.writeString(folder.resolve("index.html"), HtmlPage.of("Side by side", text, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
