package io.millrace.perf.bench;

import io.millrace.perf.report.HtmlReport;
import java.nio.file.Path;

/** The report of what grows. */
final class ScaleReport {
  private ScaleReport() {}

  /**
   * @param folder made if it is not there
   */
  static void write(Path folder, ScaleFigures figures) {
    HtmlReport.write(
        folder,
        "scale.json",
        figures,
        "Scale",
        ScalePage.of(figures),
        new ScaleCharts(figures, folder).write());
  }
}
