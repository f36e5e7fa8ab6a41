package io.millrace.perf;

import io.millrace.perf.alerts.AlertsFigures;
import io.millrace.perf.alerts.AlertsFigures.Settings;
import io.millrace.perf.alerts.AlertsMeasurement;
import io.millrace.perf.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures alerts over JSON lines and writes a report. System properties: {@code measure.rows files
 * warmUpSeconds seconds runs coldRuns startUps}, as in {@link Settings}, and the folders {@code
 * measure.home} (the checkout), {@code measure.work} (readings) and {@code measure.output}
 * (reports).
 */
public final class AlertsReport {
  private AlertsReport() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(property("home")).toRealPath();
    Path work = Files.createDirectories(Path.of(property("work")));
    Settings settings =
        new Settings(
            Long.parseLong(property("rows")),
            Integer.parseInt(property("files")),
            Double.parseDouble(property("warmUpSeconds")),
            Double.parseDouble(property("seconds")),
            Integer.parseInt(property("runs")),
            Integer.parseInt(property("coldRuns")),
            Integer.parseInt(property("startUps")));
    List<String> millrace = List.of(home.resolve("millrace").toString());
    AlertsFigures figures = new AlertsMeasurement(settings, millrace, home, work).run();
    System.out.println(ReportFolder.write(Path.of(property("output")), figures));
  }

  static String property(String name) {
    String value = System.getProperty("measure." + name);
    if (value == null) {
      throw new IllegalArgumentException(
          "-Dmeasure." + name + " is missing; see perf-reports/README.md for the command");
    }
    return value;
  }
}
