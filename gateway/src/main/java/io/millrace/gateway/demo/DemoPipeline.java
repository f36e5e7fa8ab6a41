package io.millrace.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demonstration's folder: what devices write, the pipeline file, what the queries write. */
public record DemoPipeline(Path folder) {
  private static final String PIPELINE =
      """
      # What "millrace demo" runs. Change it and start the demo again, or run it alone: millrace run alerts.yaml
      name: demo
      sources:
        readings:
          format: json
          schema: deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE
          options: {path: in/}
      queries:
        alertsOnConsole:
          sql: SELECT deviceId, temperature, timestamp FROM readings WHERE temperature > 100
          outputMode: append
          trigger: {processingTime: 1 second}
          checkpoint: checkpoints/console
          sink: {format: console, options: {truncate: false}}
        alertsToFiles:
          sql: SELECT deviceId, temperature, timestamp FROM readings WHERE temperature > 100
          outputMode: append
          trigger: {processingTime: 1 second}
          checkpoint: checkpoints/files
          sink: {format: json, options: {path: alerts/}}
      """;

  /** Where readings appear. */
  public Path input() {
    return folder.resolve("in");
  }

  /** Where alerts appear. */
  public Path output() {
    return folder.resolve("alerts");
  }

  /** The pipeline file; an existing one is kept, since it may have been changed. */
  public Path file() {
    Path file = folder.resolve("alerts.yaml");
    try {
      Files.createDirectories(input());
      if (Files.notExists(file)) {
        Files.writeString(file, PIPELINE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's folder " + folder + " cannot be written", e);
    }
  }
}
