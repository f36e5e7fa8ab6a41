package io.millrace.perf;

import io.millrace.perf.journals.JournalFigures;
import io.millrace.perf.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures journals and writes a report. System properties: {@code measure.journalRuns} and the
 * folders of {@link AlertsReport}.
 */
public final class JournalsReport {
  private JournalsReport() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(AlertsReport.property("home")).toRealPath();
    Path work = Files.createDirectories(Path.of(AlertsReport.property("work")));
    int runs = Integer.parseInt(AlertsReport.property("journalRuns"));
    JournalFigures figures = JournalFigures.measure(runs, home, work);
    System.out.println(ReportFolder.write(Path.of(AlertsReport.property("output")), figures));
  }
}
