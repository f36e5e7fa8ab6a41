package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
  @TempDir Path folder;
  private TestProcess process;

  @BeforeEach
  void start() {
    process = new TestProcess(folder);
  }

  @Test
  void helpListsTheCommandsAndTheExitStatus() {
    assertThat(process.run("--help")).isZero();
    assertThat(process.out())
        .contains("run ", "validate ", "explain ", "sql ", "demo ", "checkpoint ", "Exit status:")
        .doesNotContain("gateway ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate", "explain", "sql", "demo", "checkpoint"})
  void everyCommandHasAnExample(String command) {
    assertThat(process.run(command, "--help")).isZero();
    assertThat(process.out()).contains("Example", "  millrace " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "verify", "export"})
  void everyCommandOverACheckpointHasAnExample(String command) {
    assertThat(process.run("checkpoint", command, "--help")).isZero();
    assertThat(process.out()).contains("Example", "  millrace checkpoint " + command);
  }

  @Test
  void checkpointAloneNamesItsCommandsAndItsHelpThePage() {
    assertThat(process.run("checkpoint")).isEqualTo(2);
    assertThat(process.err()).startsWith("which command? one of show, verify, export");
    assertThat(process.run("checkpoint", "--help")).isZero();
    assertThat(process.out()).contains("state/FORMAT.md");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(process.run("--version")).isZero();
    assertThat(process.out()).startsWith("millrace ").contains("Java 25");
  }

  @Test
  void withoutACommandTheStatusIsTwo() {
    assertThat(process.run()).isEqualTo(2);
    assertThat(process.err()).startsWith("which command? one of run, validate");
  }

  @Test
  void anUnknownCommandNamesTheNearest() {
    assertThat(process.run("validat")).isEqualTo(2);
    assertThat(process.err()).contains("'validat'", "millrace validate");
  }

  @Test
  void commandsThatAreStillToComeSaySo() {
    assertThat(process.run("gateway", "p.yaml")).isEqualTo(2);
    assertThat(process.err()).contains("is not supported yet").hasLineCount(1);
  }

  @Test
  void aMistakeInOnePlaceHidesNoneInAnother() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    Files.writeString(
        folder.resolve("p.yaml"),
        """
        sources:
          a: {format: json, shema: x INT, schema: x INT, options: {path: in/}}
          b: {format: jsn, schema: y INT, options: {path: in/}}
        queries:
          q: {sql: SELECT z FROM a, sink: {format: console}}
          r: {sql: SELECT y FROM b, sink: {format: consol}}
          s: {sql: SELECT y FROM b, sing: {}, sink: {format: console}}
          t: {sql: SELECT y FROM b, checkpoint: ck, sink: {format: console}}
          u: {sql: SELECT y FROM b, checkpoint: ./ck, sink: {format: console}}
        """);

    assertThat(process.run("validate", folder.resolve("p.yaml").toString())).isEqualTo(2);
    assertThat(process.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("p.yaml:2: source a: unknown key shema"),
            line -> assertThat(line).contains("p.yaml:3: source b: unknown source format jsn"),
            line -> assertThat(line).contains("p.yaml:5: query q: column z does not exist"),
            line -> assertThat(line).contains("p.yaml:6: query r: unknown sink format consol"),
            line -> assertThat(line).contains("p.yaml:7: query s: unknown key sing"),
            line -> assertThat(line).contains("p.yaml:9: query u: its checkpoint is also"));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(process.run("run", "nowhere.yaml")).isEqualTo(2);
    assertThat(process.err()).isEqualTo("nowhere.yaml:1: the file does not exist\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate", "explain"})
  void everyProblemOfTheFileIsPrinted(String command) throws IOException {
    Path file = folder.resolve("p.yaml");
    Files.writeString(file, "queries:\n  q: {sql: SELECT 1, sing: {}, outputMode: all}\n");

    assertThat(process.run(command, file.toString())).isEqualTo(2);
    assertThat(process.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith(file + ":2: "))
        .noneMatch(line -> line.contains("\tat "));
  }

  @Test
  void secretsAreMaskedInErrors() throws IOException {
    process.environment.put("TOKEN", "s3cret-token");
    Path file = folder.resolve("p.yaml");
    Files.writeString(
        file,
        "queries: {q: {sql: SELECT 1, sink: {format: console}, outputMode: \"${env:TOKEN}\"}}\n");

    assertThat(process.run("run", file.toString())).isEqualTo(2);
    assertThat(process.err()).contains("output mode *** does not exist").doesNotContain("s3cret");
  }

  @Test
  void verboseSaysWhere() {
    assertThat(process.run("run", "-v", "nowhere.yaml")).isEqualTo(2);
    assertThat(process.err()).contains("nowhere.yaml:1: ", "\tat io.millrace.gateway");
  }

  @Test
  void demoRefusesASenselessRate() {
    assertThat(process.run("demo", "--rate", "0")).isEqualTo(2);
    assertThat(process.err()).isEqualTo("--rate is 0, it must be positive\n");
  }
}
