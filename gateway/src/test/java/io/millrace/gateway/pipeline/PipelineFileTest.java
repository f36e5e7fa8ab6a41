package io.millrace.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.OutputMode;
import io.millrace.Trigger;
import io.millrace.WatermarkOptions;
import io.millrace.gateway.terminal.Secrets;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFileTest {
  private static final String WHOLE =
      """
      name: iot-alerts
      sources:
        readings:
          format: json
          schema: deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE
          options: {path: in/, maxFilesPerTrigger: 1, since: 2025-10-10, header: true}
          watermark: {column: timestamp, delay: 10 seconds, idleTimeout: 30 seconds, maxFutureSkew: 1 minute}
      tables:
        devices: {format: csv, schema: "deviceId STRING, region STRING", options: {path: devices.csv}}
      queries:
        alerts:
          sql: SELECT deviceId FROM readings WHERE temperature > 100
          outputMode: append
          trigger: {processingTime: 1 second}
          checkpoint: ck/alerts
          sink: {format: json, options: {path: out/alerts}, partitionBy: [region, day]}
        perMinute:
          sql: |
            SELECT count(*)
            FROM readings
          outputMode: update
          trigger: {availableNow: true}
          sink: {format: console}
      """;

  @TempDir Path folder;
  private Path file;
  private final Secrets secrets = new Secrets();
  private final Map<String, String> environment = Map.of("TOKEN", "s3cret-token", "EMPTY", "");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("alerts.yaml");
  }

  private Pipeline parse(String text) throws IOException {
    Files.writeString(file, text);
    return PipelineFile.parse(file, environment::get, secrets);
  }

  /** The problems, without the file's name in front. */
  private List<String> problems(String text) {
    InvalidPipelineException e =
        catchThrowableOfType(InvalidPipelineException.class, () -> parse(text));
    assertThat(e).as("something is wrong with the file").isNotNull();
    return e.getMessage()
        .lines()
        .map(
            line -> {
              assertThat(line).startsWith(file + ":");
              return line.substring(file.toString().length() + 1);
            })
        .toList();
  }

  /** A valid file whose one query has that line added, which is line 6. */
  private static String withLine(String line) {
    return """
        queries:
          alerts:
            sql: SELECT 1
            sink:
              format: console
        %s
        """
        .formatted(line);
  }

  @Test
  void everythingIsRead() throws IOException {
    Pipeline pipeline = parse(WHOLE);

    assertThat(pipeline.name()).contains("iot-alerts");
    assertThat(pipeline.inputs())
        .containsExactly(
            new Pipeline.Input(
                "readings",
                3,
                true,
                "json",
                java.util.Optional.of(
                    Schema.parse("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE")),
                Map.of(
                    "path", folder.resolve("in").toString(),
                    "maxFilesPerTrigger", "1",
                    "since", "2025-10-10",
                    "header", "true"),
                java.util.Optional.of(
                    new Pipeline.Watermark(
                        7,
                        "timestamp",
                        "10 seconds",
                        WatermarkOptions.of()
                            .idleTimeout("30 seconds")
                            .maxFutureSkew("1 minute")))),
            new Pipeline.Input(
                "devices",
                9,
                false,
                "csv",
                java.util.Optional.of(Schema.parse("deviceId STRING, region STRING")),
                Map.of("path", folder.resolve("devices.csv").toString()),
                java.util.Optional.empty()));
    Pipeline.Query alerts = pipeline.queries().getFirst();
    assertThat(alerts.sql()).isEqualTo("SELECT deviceId FROM readings WHERE temperature > 100");
    assertThat(alerts.outputMode()).isEqualTo(OutputMode.APPEND);
    assertThat(alerts.trigger()).isEqualTo(Trigger.processingTime("1 second"));
    assertThat(alerts.checkpoint()).contains(folder.resolve("ck/alerts").toString());
    assertThat(alerts.output())
        .isEqualTo(
            new Pipeline.Output(
                16,
                "json",
                Map.of("path", folder.resolve("out/alerts").toString()),
                List.of("region", "day")));
    assertThat(pipeline.queries().get(1).outputMode()).isEqualTo(OutputMode.UPDATE);
  }

  @Test
  void linesOfABlockOfSqlAreLinesOfTheFile() throws IOException {
    Pipeline pipeline = parse(WHOLE);

    assertThat(pipeline.queries().get(0).lineOf(1)).isEqualTo(12);
    assertThat(pipeline.queries().get(1).lineOf(1)).isEqualTo(19);
    assertThat(pipeline.queries().get(1).lineOf(2)).isEqualTo(20);
  }

  @Test
  void foldedSqlStandsInOneLine() throws IOException {
    Pipeline pipeline =
        parse(
            "queries:\n  q:\n    sql: >\n      SELECT 1,\n      2\n    sink: {format: console}\n");

    assertThat(pipeline.queries().getFirst().sql()).isEqualTo("SELECT 1, 2\n");
    assertThat(pipeline.queries().getFirst().lineOf(1)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{once: true}|Once[]",
        "{availableNow: true}|AvailableNow[]",
        "{continuous: 1 second}|Continuous[checkpointInterval=PT1S]",
        "{eventCount: 1000}|EventCount[rows=1000]",
        "{eventCount: 1_000}|EventCount[rows=1000]",
        "{processingTime: 500 milliseconds}|ProcessingTime[interval=PT0.5S]"
      })
  void triggersAreRead(String form, String trigger) throws IOException {
    Pipeline pipeline = parse(withLine("    trigger: " + form));

    assertThat(pipeline.queries().getFirst().trigger()).hasToString(trigger);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "    trigger: {once: false}|6: trigger of alerts: once: expected true, found false; leave the trigger out for the default",
        "    trigger: {eventCount: many}|6: trigger of alerts: eventCount: expected a whole number, found many",
        "    trigger: {eventCount: 0}|6: trigger of alerts: trigger eventCount: the count is 0, it must be at least 1",
        "    trigger: {processingTime: soon}|6: trigger of alerts: \"soon\" is no duration; write for example \"10 seconds\" or \"1 minute\"",
        "    trigger: once|6: trigger of alerts: expected a mapping, found the text once",
        "    trigger: {}|6: trigger of alerts: expected one of processingTime, once, availableNow, continuous, eventCount, found 0",
        "    trigger: {once: true, availableNow: true}|6: trigger of alerts: expected one of processingTime, once, availableNow, continuous, eventCount, found 2",
        "    outputMode: all|6: output mode all does not exist; use append, update or complete",
        "    outputMode: [append]|6: query alerts: outputMode: expected a text, found a list",
        "    checkpoint:|6: query alerts: checkpoint: expected a text, found nothing",
        "    checkpont: ck|6: query alerts: unknown key checkpont; did you mean checkpoint?; known are sql, outputMode, trigger, checkpoint, sink",
        "    sql: SELECT 2|6: query alerts: sql stands twice; it is also in line 3",
        "    ? [a]|6: query alerts: expected a name as key, found a list",
        "  other:|6: query other: expected a mapping, found nothing",
        "sources: [a]|6: sources: expected a mapping, found a list",
        "sauces: {}|6: the file: unknown key sauces; did you mean sources?; known are name, sources, tables, queries",
        "sources: {r: {format: json, schema: 'a STRIN'}}|6: schema \"a STRIN\": unknown type STRIN; known are BOOLEAN TINYINT SMALLINT INT BIGINT FLOAT DOUBLE DECIMAL(p,s) STRING BINARY DATE TIMESTAMP ARRAY<t> MAP<k,v> STRUCT<name: t>",
        "sources: {r: {schema: a INT}}|6: source r: format is missing; write for example format: json",
        "sources: {r: {format: json, options: {path: {a: b}}}}|6: options: path: expected a text, found a mapping",
        "sources: {r: {format: json, options: {path: ''}}}|6: the path is empty",
        "sources: {r: {format: json, watermark: {column: ts}}}|6: watermark of r: delay is missing; write for example delay: 10 seconds",
        "sources: {r: {format: json, watermark: {column: ts, delay: 1 month}}}|6: duration \"1 month\" has months or years, which differ in length; write it in days, hours or minutes",
        "sources: {r: {format: json, watermark: {column: ts, delay: 1 s, idleTimeout: 0 s}}}|6: withWatermark: idleTimeout is 0 s, it must be more than 0",
        "sources: {r: {format: json, watermark: {column: ts, delay: 1 s, maxFutureSkew: soon}}}|6: withWatermark: maxFutureSkew: \"soon\" is no duration; write for example \"10 seconds\" or \"1 minute\"",
        "tables: {r: {format: csv, watermark: {}}}|6: table r: unknown key watermark; known are format, schema, options",
        "    checkpoint: ${env:NOBODY}|6: environment variable NOBODY is not set",
        "    checkpoint: ${evn:TOKEN}|6: unknown placeholder ${evn:TOKEN}; did you mean env?; known are ${env:NAME} and ${file:path}"
      })
  void whatIsWrongIsNamedWithItsLine(String line, String problem) {
    assertThat(problems(withLine(line))).contains(problem);
  }

  @Test
  void everyProblemIsFoundInOneReading() {
    assertThat(
            problems(
                """
                nam: x
                sources:
                  readings: {format: json, schema: "a INTT"}
                queries:
                  one: {sql: SELECT 1, trigger: {twice: true}}
                  two: {outputMode: sideways, sink: {}}
                """))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("1: the file: unknown key nam;"),
            problem -> assertThat(problem).startsWith("3: schema \"a INTT\""),
            problem -> assertThat(problem).startsWith("5: trigger of one: unknown key twice"),
            problem -> assertThat(problem).startsWith("5: trigger of one: expected one of"),
            problem -> assertThat(problem).startsWith("5: query one: sink is missing"),
            problem -> assertThat(problem).startsWith("6: query two: sql is missing"),
            problem -> assertThat(problem).startsWith("6: output mode sideways"),
            problem -> assertThat(problem).startsWith("6: sink of two: format is missing"));
  }

  @Test
  void anInputAndATableOfOneNameAreRefused() {
    assertThat(
            problems(
                """
                sources: {readings: {format: json}}
                tables: {Readings: {format: csv}}
                queries: {q: {sql: SELECT 1, sink: {format: console}}}
                """))
        .containsExactly("2: Readings is also the name of the input in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n"})
  void anEmptyFileIsRefused(String text) {
    assertThat(problems(text)).hasSize(1);
  }

  @Test
  void aFileWithoutQueriesIsRefused() {
    assertThat(problems("name: x\n"))
        .containsExactly("1: the file: there is no query; write at least one under queries");
  }

  @Test
  void aTabIsNamed() {
    assertThat(problems("queries:\n\tq: 1\n").getFirst())
        .startsWith("2: ")
        .endsWith("; indent with spaces");
  }

  @Test
  void aSyntaxErrorHasItsLine() {
    assertThat(problems("name: x\nqueries: {a: b\n").getFirst()).startsWith("3: ");
  }

  @Test
  void depthIsLimited() {
    assertThat(problems("queries: " + "[".repeat(100_000) + "\n")).hasSize(1);
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(problems(bomb.toString()))
        .containsExactly("1: Number of aliases for non-scalar nodes exceeds the specified max=50");
  }

  @Test
  void anchorsAreFilledIn() throws IOException {
    Pipeline pipeline =
        parse(
            """
            queries:
              one: {sql: SELECT 1, sink: &console {format: console}}
              two: {sql: SELECT 2, sink: *console}
            """);

    assertThat(pipeline.queries())
        .extracting(query -> query.output().format())
        .containsExactly("console", "console");
  }

  @Test
  void placeholdersAreFilledInAndSecret() throws IOException {
    Files.writeString(folder.resolve("password.txt"), "pass word\n");
    Pipeline pipeline =
        parse(
            """
            sources:
              r:
                format: json
                options: {path: in, user: "u-${env:TOKEN}", password: "${file:password.txt}", literal: "$${env:TOKEN}"}
            queries: {q: {sql: "SELECT '${env:TOKEN}'", sink: {format: console}}}
            """);

    assertThat(pipeline.inputs().getFirst().options())
        .containsEntry("user", "u-s3cret-token")
        .containsEntry("password", "pass word")
        .containsEntry("literal", "${env:TOKEN}");
    assertThat(pipeline.queries().getFirst().sql()).isEqualTo("SELECT 's3cret-token'");
    assertThat(secrets.redact("s3cret-token and pass word")).isEqualTo("*** and ***");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThat(problems(withLine("    checkpoint: ${file:nowhere}")))
        .containsExactly(
            "6: ${file:nowhere}: the file cannot be read: "
                + folder.resolve("nowhere")
                + " does not exist");
  }

  @Test
  void addressesAndAbsolutePathsStay() throws IOException {
    Pipeline pipeline =
        parse(
            withLine(
                "sources: {a: {format: json, options: {path: 's3://b/k'}},"
                    + " b: {format: json, options: {PATH: /data/in/*.json}}}"));

    assertThat(pipeline.inputs().get(0).options()).containsEntry("path", "s3://b/k");
    assertThat(pipeline.inputs().get(1).options()).containsEntry("PATH", "/data/in/*.json");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> PipelineFile.parse(file, environment::get, secrets))
        .hasMessage(file + ":1: the file does not exist");
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(file, "name: äö\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> PipelineFile.parse(file, environment::get, secrets))
        .hasMessage(file + ":1: the file is not UTF-8 text");
  }
}
