package io.millrace.perf.report;

import io.millrace.perf.alerts.AlertsFigures;
import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder per run, named by its day and commit. */
public final class ReportFolder {
  private ReportFolder() {}

  /**
   * Writes raw figures and page; a second run of the same day and commit replaces the first.
   *
   * @return the folder
   */
  public static Path write(Path reports, AlertsFigures figures) {
    String day = figures.date().substring(0, "yyyy-MM-dd".length());
    Path folder = reports.resolve(day + "-" + figures.commit().id());
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve("alerts.json"), figures);
      Files.writeString(folder.resolve("README.md"), AlertsTable.of(figures));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
