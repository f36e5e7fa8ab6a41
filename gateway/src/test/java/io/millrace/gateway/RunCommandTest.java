package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four-line example, from the command line to the files. */
class RunCommandTest {
  private static final String ALERTS =
      """
      name: iot-alerts
      sources:
        readings:
          format: json
          schema: deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE
          options: {path: in/, maxFilesPerTrigger: 1}
      queries:
        alerts:
          sql: |
            SELECT deviceId, temperature, timestamp
            FROM readings WHERE temperature > 100
          outputMode: append
          trigger: {availableNow: true}
          checkpoint: ck/alerts
          sink: {format: json, options: {path: out/alerts}}
      """;
  private static final String ALERT_B =
      "{\"deviceId\":\"device-B\",\"temperature\":102.1,\"timestamp\":\"2025-10-10T12:01:00.000Z\"}";
  private static final String ALERT_C =
      "{\"deviceId\":\"device-C\",\"temperature\":105.7,\"timestamp\":\"2025-10-10T12:02:00.000Z\"}";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeExample() throws IOException {
    file = folder.resolve("alerts.yaml");
    Files.writeString(file, ALERTS);
    Files.createDirectory(folder.resolve("in"));
    Files.writeString(
        folder.resolve("in/data-1.json"),
        """
        {"deviceId": "device-A", "timestamp": "2025-10-10T12:01:00Z", "temperature": 65.5}
        {"deviceId": "device-B", "timestamp": "2025-10-10T12:01:00Z", "temperature": 102.1}
        """);
    Files.writeString(
        folder.resolve("in/data-2.json"),
        """
        {"deviceId": "device-A", "timestamp": "2025-10-10T12:02:00Z", "temperature": 68.0}
        {"deviceId": "device-C", "timestamp": "2025-10-10T12:02:00Z", "temperature": 105.7}
        """);
  }

  private TestProcess run(int expectedStatus, String... arguments) {
    TestProcess process = new TestProcess(folder);
    assertThat(process.run(arguments)).as(process.err()).isEqualTo(expectedStatus);
    return process;
  }

  private void change(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private List<String> alerts() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("out/alerts"))) {
      for (Path part : files.filter(Files::isRegularFile).toList()) {
        assertThat(part.getFileName().toString()).startsWith("part-").endsWith(".json");
        lines.addAll(Files.readAllLines(part));
      }
    }
    return lines;
  }

  private void assertNothingWasWritten() {
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve("ck")).doesNotExist();
  }

  @Test
  void theExampleGivesExactlyItsAlertsAndAgainNothing() throws IOException {
    run(0, "run", file.toString());
    assertThat(alerts()).containsExactlyInAnyOrder(ALERT_B, ALERT_C);

    TestProcess again = run(0, "run", file.toString());
    assertThat(alerts()).containsExactlyInAnyOrder(ALERT_B, ALERT_C);
    assertThat(again.err()).contains("alerts: resuming after epoch 1");
  }

  @Test
  void aThirdFileAddsOnlyItsAlerts() throws IOException {
    run(0, "run", file.toString());
    Files.writeString(
        folder.resolve("in/data-3.json"), "{\"deviceId\": \"device-D\", \"temperature\": 200}\n");

    run(0, "run", file.toString());

    assertThat(alerts())
        .containsExactlyInAnyOrder(
            ALERT_B, ALERT_C, "{\"deviceId\":\"device-D\",\"temperature\":200.0}");
  }

  @Test
  void progressIsALineOfJsonPerEpoch() {
    TestProcess process = run(0, "run", "--progress", file.toString());

    assertThat(process.err().lines().filter(line -> line.contains("\"numInputRows\":2")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":") && line.contains("\"name\":\"alerts\""));
  }

  @Test
  void validateAndExplainWriteNothing() {
    assertThat(run(0, "validate", file.toString()).out())
        .isEqualTo(file + " is valid: inputs readings; queries alerts\n");
    assertThat(run(0, "explain", file.toString()).out())
        .contains("== Query alerts ==", "Filter", "temperature > 100", "guarantee: exactly once");
    assertNothingWasWritten();
  }

  @Test
  void aMissingInputFolderIsAnErrorBeforeTheStart() throws IOException {
    change("path: in/", "path: nowhere/");

    TestProcess process = run(2, "run", file.toString());

    assertThat(process.err())
        .startsWith(file + ":3: source readings: ")
        .contains(folder.resolve("nowhere") + " does not exist");
    assertNothingWasWritten();
  }

  @Test
  void anOutputThatCannotBeWrittenIsAnErrorBeforeTheStart() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    change("path: out/alerts", "path: file/alerts");

    TestProcess process = run(2, "run", file.toString());

    assertThat(process.err()).startsWith(file + ":8: query alerts: ").contains("file/alerts");
    assertNothingWasWritten();
  }

  @Test
  void wrongSqlIsNamedWithItsLineInTheFile() throws IOException {
    change("FROM readings WHERE", "FROM readings WHER");

    TestProcess process = run(2, "run", file.toString());

    assertThat(process.err()).startsWith(file + ":11: query alerts: SQL, line 2:");
    assertNothingWasWritten();
  }

  @Test
  void anUnknownColumnNamesTheNearest() throws IOException {
    change("temperature > 100", "temprature > 100");

    assertThat(run(2, "validate", file.toString()).err())
        .startsWith(file + ":10: query alerts: ")
        .contains("temprature does not exist; did you mean temperature?");
  }

  @Test
  void validateFindsEveryProblemOfInputsAndQueries() throws IOException {
    change("path: in/", "path: nowhere/");
    change("temperature > 100", "temprature > 100");
    Files.writeString(
        file,
        Files.readString(file)
            + """
              second: {sql: SELECT deviceId FROM readings, sink: {format: jsn}}
              third: {sql: SELECT deviceId FROM raedings, sink: {format: console}}
            """);

    assertThat(run(2, "validate", file.toString()).err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(file + ":3: source readings: "),
            line -> assertThat(line).startsWith(file + ":10: query alerts: column temprature"),
            line -> assertThat(line).startsWith(file + ":16: query second: "),
            line -> assertThat(line).startsWith(file + ":17: query third: "));
    assertNothingWasWritten();
  }

  @Test
  void aFailureWhileRunningIsOneLineAndStatusOne() throws IOException {
    change("maxFilesPerTrigger: 1", "maxFilesPerTrigger: 1, mode: FAILFAST");
    Files.writeString(folder.resolve("in/data-3.json"), "{\"deviceId\": broken}\n");

    TestProcess process = run(1, "run", file.toString());

    assertThat(process.err()).contains("data-3.json").doesNotContain("\tat ");
    assertThat(alerts()).containsExactlyInAnyOrder(ALERT_B, ALERT_C);
  }

  @Test
  void aRequestToEndStopsAnUnboundedRunWithStatusZero() throws Exception {
    change("availableNow: true", "processingTime: 10 milliseconds");
    TestProcess process = new TestProcess(folder);
    Thread asker =
        new Thread(
            () -> {
              try {
                while (Files.notExists(folder.resolve("out/alerts")) || alerts().size() < 2) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              process.shutdown.request();
            },
            "asker");
    asker.start();

    assertThat(process.run("run", file.toString())).isZero();
    asker.join();
    assertThat(alerts()).containsExactlyInAnyOrder(ALERT_B, ALERT_C);
  }

  @Test
  void secretsAreNotExplained() throws IOException {
    change("temperature > 100", "deviceId = '${env:DEVICE}'");
    TestProcess process = new TestProcess(folder);
    process.environment.put("DEVICE", "device-secret");

    assertThat(process.run("explain", file.toString())).isZero();
    assertThat(process.out()).contains("***").doesNotContain("device-secret");
  }

  @Test
  void sqlPrintsFilesAsCsv() {
    TestProcess process =
        run(
            0,
            "sql",
            "SELECT deviceId, temperature FROM r WHERE temperature < 100 ORDER BY temperature",
            "--source",
            "r=json:" + folder.resolve("in"),
            "--schema",
            "r=deviceId STRING, temperature DOUBLE",
            "--format",
            "csv");

    assertThat(process.out()).isEqualTo("deviceId,temperature\ndevice-A,65.5\ndevice-A,68.0\n");
  }

  @Test
  void sqlFindsColumnsByItselfAndCounts() {
    TestProcess process =
        run(
            0,
            "sql",
            "SELECT deviceId, count(*) AS n FROM r GROUP BY deviceId ORDER BY deviceId",
            "--source",
            "r=json:" + folder.resolve("in"),
            "--format",
            "json");

    assertThat(process.out())
        .isEqualTo(
            """
            {"deviceId":"device-A","n":2}
            {"deviceId":"device-B","n":1}
            {"deviceId":"device-C","n":1}
            """);
  }

  @Test
  void sqlSaysWhatIsWrong() {
    assertThat(run(2, "sql", "SELECT 1 +").err()).startsWith("SQL, line 1:");
    assertThat(run(2, "sql", "SELECT 1", "--source", "r=in").err())
        .startsWith("--source r=in: expected NAME=FORMAT:PATH");
    assertThat(run(2, "sql", "SELECT 1", "--schema", "r=a INT").err())
        .startsWith("--schema r: there is no --source r");
  }
}
