package io.millrace.perf.report;

import io.millrace.perf.alerts.AlertsFigures;
import io.millrace.perf.journals.JournalFigures;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.windows.WindowsFigures;
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
    return write(
        folder(reports, figures.date(), figures.commit()),
        "alerts.json",
        figures,
        "README.md",
        AlertsTable.of(figures));
  }

  /** The same for journals, beside what else was measured that day. */
  public static Path write(Path reports, JournalFigures figures) {
    return write(
        folder(reports, figures.date(), figures.commit()),
        "journals.json",
        figures,
        "journals.md",
        JournalsTable.of(figures));
  }

  /** The same for windows and state. */
  public static Path write(Path reports, WindowsFigures figures) {
    return write(
        folder(reports, figures.date(), figures.commit()),
        "windows.json",
        figures,
        "windows.md",
        WindowsTable.of(figures));
  }

  private static Path folder(Path reports, String date, Commit commit) {
    return reports.resolve(date.substring(0, "yyyy-MM-dd".length()) + "-" + commit.id());
  }

  private static Path write(Path folder, String raw, Object figures, String page, String table) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve(raw), figures);
      Files.writeString(folder.resolve(page), table);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
