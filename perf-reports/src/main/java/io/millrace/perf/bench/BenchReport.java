package io.millrace.perf.bench;

import io.millrace.perf.report.HtmlReport;
import java.nio.file.Path;

/** The report of engines side by side. */
public final class BenchReport {
  private BenchReport() {}

  /**
   * @param folder made if it is not there
   */
  public static void write(Path folder, BenchFigures figures) {
    HtmlReport.write(
        folder,
        "bench.json",
        figures,
        "Side by side",
        BenchPage.of(figures),
        new Charts(figures, folder).write());
  }
}
