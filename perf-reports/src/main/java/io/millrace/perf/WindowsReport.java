package io.millrace.perf;

import io.millrace.perf.report.ReportFolder;
import io.millrace.perf.windows.WindowsFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures windows and state and writes a report. System properties: {@code measure.rows}, {@code
 * measure.files}, {@code measure.runs} and the folders of {@link AlertsReport}.
 */
public final class WindowsReport {
  private WindowsReport() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(AlertsReport.property("home")).toRealPath();
    Path work = Files.createDirectories(Path.of(AlertsReport.property("work")));
    WindowsFigures figures =
        WindowsFigures.measure(
            Long.parseLong(AlertsReport.property("rows")),
            Integer.parseInt(AlertsReport.property("files")),
            Integer.parseInt(AlertsReport.property("runs")),
            home,
            work);
    System.out.println(ReportFolder.write(Path.of(AlertsReport.property("output")), figures));
  }
}
