package io.millrace.perf;

import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.latency.LatencyMeasurement;
import io.millrace.perf.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures latency beside other engines and writes a report. System properties: {@code
 * measure.runs}, {@code warmUpSeconds}, {@code latencySeconds}, {@code windowSeconds}, {@code
 * steadySeconds}, as in {@link Settings}, {@code measure.peers}, where the other engines are, and
 * the folders of {@link AlertsReport}.
 */
public final class LatencyReport {
  private LatencyReport() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(AlertsReport.property("home")).toRealPath();
    Path work = Files.createDirectories(Path.of(AlertsReport.property("work")));
    Settings settings =
        new Settings(
            Integer.parseInt(AlertsReport.property("runs")),
            Double.parseDouble(AlertsReport.property("warmUpSeconds")),
            Double.parseDouble(AlertsReport.property("latencySeconds")),
            Double.parseDouble(AlertsReport.property("windowSeconds")),
            Double.parseDouble(AlertsReport.property("steadySeconds")));
    Path peers = Path.of(AlertsReport.property("peers"));
    LatencyFigures figures = new LatencyMeasurement(settings, home, work, peers.toRealPath()).run();
    System.out.println(ReportFolder.write(Path.of(AlertsReport.property("output")), figures));
  }
}
