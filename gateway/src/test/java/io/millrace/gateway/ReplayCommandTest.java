package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Session;
import io.millrace.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace replay}: what came out of an epoch comes out again, and nothing is changed. */
class ReplayCommandTest {
  private static final String PIPELINE =
      """
      name: counting
      sources:
        readings:
          format: json
          schema: k STRING, ts TIMESTAMP
          options: {path: in/, maxFilesPerTrigger: 1}
          watermark: {column: ts, delay: 0 seconds}
      queries:
        counts:
          sql: SELECT k, count(*) AS n FROM readings GROUP BY window(ts, '10 seconds'), k
          outputMode: update
          trigger: {availableNow: true}
          checkpoint: ck
          sink: {format: json, options: {path: out}}
      """;

  @TempDir Path folder;
  private WindowedQuery files;

  private Path pipeline(String outputMode) throws IOException {
    Path file = folder.resolve("counting.yaml");
    Files.writeString(
        file,
        PIPELINE
            .replace("update", outputMode)
            .replace("format: json, options: {path: out}", "format: noop"));
    return file;
  }

  /** An epoch per file: counts of a and b grow until the last file closes their windows. */
  private void run(String outputMode) throws IOException {
    files = new WindowedQuery(folder);
    files.input("0.json", "a", 1, 2, 3);
    files.input("1.json", "b", 4, 5);
    files.input("2.json", "a", 6);
    files.input("3.json", "c", 25);
    run("run", pipeline(outputMode).toString());
  }

  private String run(String... arguments) {
    TestProcess process = new TestProcess(folder);
    assertThat(process.run(arguments)).as(process.err()).isZero();
    return process.out();
  }

  private String refused(int status, String... arguments) {
    TestProcess process = new TestProcess(folder);
    assertThat(process.run(arguments)).as(process.err()).isEqualTo(status);
    assertThat(process.out()).isEmpty();
    return process.err();
  }

  private String checkpoint() {
    return folder.resolve("ck").toString();
  }

  private Map<String, String> disk() throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(path -> bytes.put(path.toString(), content(path)));
    }
    return bytes;
  }

  private static String content(Path path) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eachEpochGivesAgainWhatItGave() throws IOException {
    run("update");
    Map<String, String> before = disk();
    assertThat(run("replay", checkpoint()))
        .isEqualTo(
            """
            Epoch: 0
            +---+---+
            |k  |n  |
            +---+---+
            |a  |3  |
            +---+---+

            Epoch: 1
            +---+---+
            |k  |n  |
            +---+---+
            |b  |2  |
            +---+---+

            Epoch: 2
            +---+---+
            |k  |n  |
            +---+---+
            |a  |4  |
            +---+---+

            Epoch: 3
            +---+---+
            |k  |n  |
            +---+---+
            |c  |1  |
            +---+---+

            """);
    assertThat(disk()).as("nothing is written").isEqualTo(before);
  }

  @Test
  void anIntervalGoesOnFromTheStateBeforeIt() throws IOException {
    run("update");
    assertThat(run("replay", checkpoint(), "--from-epoch=2", "--to-epoch=2", "--format", "json"))
        .isEqualTo("{\"epoch\":2,\"k\":\"a\",\"n\":4}\n");
    assertThat(run("replay", checkpoint(), "--from-epoch=2", "--to-epoch=2", "--format", "csv"))
        .isEqualTo("epoch,k,n\n2,a,4\n");
  }

  @Test
  void windowsThatAnEpochClosedAreClosedAgain() throws IOException {
    run("append");
    assertThat(run("replay", checkpoint(), "--from-epoch", "3", "--format", "csv"))
        .startsWith("epoch,k,n\n")
        .contains(",a,4\n", ",b,2\n");
  }

  @Test
  void epochsThatAreNotThereAreRefusedWithThoseThatAre() throws IOException {
    run("update");
    assertThat(refused(2, "replay", checkpoint(), "--from-epoch", "2", "--to-epoch", "9"))
        .contains("epochs 2 to 9 cannot be run again, only those from 0 to 3");
    assertThat(refused(2, "replay", checkpoint(), "--from-epoch", "3", "--to-epoch", "1"))
        .contains("epochs 3 to 1 are none");
    assertThat(refused(2, "replay", folder.toString())).contains("there is no checkpoint");
  }

  @Test
  void inputThatIsGoneIsNamed() throws IOException {
    run("update");
    Files.delete(folder.resolve("in/1.json"));
    TestProcess process = new TestProcess(folder);
    assertThat(process.run("replay", checkpoint(), "--from-epoch", "1")).isEqualTo(1);
    assertThat(process.err()).contains("1.json");
  }

  @Test
  void aQueryOfAProgramNeedsAFileThatDescribesIt() throws IOException {
    files = new WindowedQuery(folder);
    files.input("0.json", "a", 1, 2);
    files.run("update", false);
    assertThat(refused(2, "replay", checkpoint()))
        .contains("a program did")
        .contains("--pipeline FILE and --query NAME");
  }

  @Test
  void anotherQueryIsRefused() throws IOException {
    run("update");
    Path other = folder.resolve("other.yaml");
    Files.writeString(
        other,
        Files.readString(folder.resolve("counting.yaml")).replace("count(*) AS n", "max(ts) AS n"));
    assertThat(refused(2, "replay", checkpoint(), "--pipeline", other.toString()))
        .contains("written by another query");
    assertThat(refused(2, "replay", checkpoint(), "--query", "nothing"))
        .contains("has no query nothing; it has counts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "file"})
  void continuousEpochsComeFromTheIngestJournal(String journal) throws IOException {
    files = new WindowedQuery(folder);
    files.input("0.json", "a", 1, 2, 3);
    Path described = pipeline("update");
    try (Session session = Session.builder().config("millrace.journal", journal).create()) {
      var query = files.start(session, "update", false, Trigger.continuous("1 hour"));
      query.processAllAvailable();
      files.input("1.json", "a", 4);
      query.processAllAvailable();
      query.stop();
    }
    Path counts = folder.resolve("described.yaml");
    Files.writeString(
        counts,
        Files.readString(described)
            .replace(
                "SELECT k, count(*) AS n FROM readings GROUP BY window(ts, '10 seconds'), k",
                "SELECT window(ts, '10 seconds') AS window, k, count(*) AS n FROM readings GROUP BY"
                    + " window(ts, '10 seconds'), k"));
    String again = run("replay", checkpoint(), "--pipeline", counts.toString(), "--format", "csv");
    assertThat(again.lines().filter(line -> line.endsWith(",a,3"))).hasSize(1);
    assertThat(again.lines().filter(line -> line.endsWith(",a,4"))).hasSize(1);
  }
}
