package io.millrace.perf.alerts;

import io.millrace.perf.process.Folder;
import io.millrace.perf.process.WatchedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program from start to exit on a pipeline file and four lines of JSON. */
final class StartUp {
  private static final String PIPELINE =
      """
      name: start-up
      sources:
        readings:
          format: json
          schema: deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE
          options: {path: in/}
      queries:
        alerts:
          sql: SELECT deviceId, temperature, timestamp FROM readings WHERE temperature > 100
          trigger: {availableNow: true}
          checkpoint: ck/alerts
          sink: {format: json, options: {path: out/alerts}}
      """;

  private static final List<String> FILES =
      List.of(
          """
          {"deviceId": "device-A", "timestamp": "2025-10-10T12:01:00Z", "temperature": 65.5}
          {"deviceId": "device-B", "timestamp": "2025-10-10T12:01:00Z", "temperature": 102.1}
          """,
          """
          {"deviceId": "device-A", "timestamp": "2025-10-10T12:02:00Z", "temperature": 68.0}
          {"deviceId": "device-C", "timestamp": "2025-10-10T12:02:00Z", "temperature": 105.7}
          """);

  private StartUp() {}

  /**
   * Runs the pipeline in a fresh folder and looks at what came out.
   *
   * @param millrace the program, to which {@code run pipeline.yaml} is added
   */
  static WatchedProcess run(List<String> millrace, Path work) {
    Path folder = Folder.fresh(work.resolve("start-up"));
    Path pipeline = folder.resolve("alerts.yaml");
    try {
      Files.writeString(pipeline, PIPELINE);
      Files.createDirectory(folder.resolve("in"));
      for (int i = 0; i < FILES.size(); i++) {
        Files.writeString(folder.resolve("in/data-" + (i + 1) + ".json"), FILES.get(i));
      }
      List<String> command = new ArrayList<>(millrace);
      command.addAll(List.of("run", pipeline.toString()));
      WatchedProcess process = WatchedProcess.run(command, folder, work.resolve("start-up.log"));
      requireAlerts(process.status(), folder.resolve("out/alerts"), work.resolve("start-up.log"));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + folder, e);
    }
  }

  private static void requireAlerts(int status, Path output, Path log) throws IOException {
    List<String> lines = new ArrayList<>();
    if (status == 0) {
      try (Stream<Path> files = Files.list(output)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    boolean right =
        lines.size() == 2
            && lines.stream().anyMatch(line -> line.contains("device-B"))
            && lines.stream().anyMatch(line -> line.contains("device-C"));
    if (!right) {
      throw new IllegalStateException(
          "millrace run: status " + status + ", alerts " + lines + "; what it said: " + log);
    }
  }
}
