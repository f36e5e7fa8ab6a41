package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.types.AnalysisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace run} where files and directories are not what the pipeline says. */
class FaultyPlacesTest {
  private static final String ROW = "{\"id\":%d,\"value\":%d}\n";

  @TempDir Path folder;
  private String sourceOptions = "path: in";
  private String sql = "SELECT id FROM readings WHERE value > 10";
  private String output = "out";
  private String checkpoint = "ck";
  private String secondQuery = "";
  private String out;
  private String err;

  @BeforeEach
  void writeInput() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.json"), ROW.formatted(1, 11) + ROW.formatted(2, 9));
  }

  private int run() throws IOException {
    Path pipeline = folder.resolve("p.yaml");
    Files.writeString(
        pipeline,
        """
        sources:
          readings:
            format: json
            schema: id BIGINT, value INT
            options: {%s}
        queries:
          alerts:
            sql: %s
            trigger: {availableNow: true}
            checkpoint: "%s"
            sink: {format: json, options: {path: "%s"}}
          %s
        """
            .formatted(sourceOptions, sql, checkpoint, output, secondQuery));
    TestProcess process = new TestProcess(folder);
    int status = process.run("run", pipeline.toString());
    out = process.out();
    err = process.err();
    return status;
  }

  /** Runs what must be refused: with status 2, in one line that says where, writing nothing. */
  private void requireRefused(String... reasons) throws IOException {
    Files.writeString(folder.resolve("p.yaml"), "");
    List<String> before = everything();
    assertThat(run()).as(() -> out + err).isEqualTo(2);
    assertThat(err).startsWith(folder.resolve("p.yaml") + ":").contains(reasons);
    assertThat(err.lines()).hasSize(1);
    assertThat(everything()).isEqualTo(before);
  }

  /** Names of all that is in the folder, with sizes of files but for the pipeline's. */
  private List<String> everything() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .map(
              path ->
                  folder.relativize(path)
                      + (Files.isRegularFile(path) && !path.endsWith("p.yaml")
                          ? " " + path.toFile().length()
                          : ""))
          .sorted()
          .toList();
    }
  }

  private List<String> rows() throws IOException {
    if (!Files.exists(folder.resolve(output))) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder.resolve(output))) {
      return paths
          .filter(Files::isRegularFile)
          .flatMap(
              path -> {
                try {
                  return Files.readAllLines(path).stream();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }

  @Test
  void oddNamesAreNamesLikeAnyOther() throws IOException {
    Path in = Files.createDirectory(folder.resolve("ein gabe%20#ä=1"));
    sourceOptions = "path: \"ein gabe%20#ä=1\"";
    output = "aus gabe%41#ü=ß";
    checkpoint = "merk punkt%2F#=é";
    List<String> names =
        List.of(
            "a b.json",
            "50%.json",
            "%41.json",
            "#1",
            "ä-ß-漢.json",
            "day=1.json",
            "plain",
            "a+b&c;'x");
    for (int i = 0; i < names.size(); i++) {
      Files.writeString(in.resolve(names.get(i)), ROW.formatted(i, 20));
    }
    Files.writeString(in.resolve(".hidden.json"), ROW.formatted(100, 20));
    Files.writeString(in.resolve("_hidden.json"), ROW.formatted(101, 20));
    List<String> expected =
        List.of(0, 1, 2, 3, 4, 5, 6, 7).stream().map(i -> "{\"id\":" + i + "}").toList();

    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).isEqualTo(expected);
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).isEqualTo(expected);
    Files.writeString(in.resolve("später.json"), ROW.formatted(9, 20));
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).hasSize(expected.size() + 1).contains("{\"id\":9}");
  }

  @Test
  void oneOddFileAsThePathIsReadAlone() throws IOException {
    Files.writeString(folder.resolve("in/a %#ü=.json"), ROW.formatted(7, 20));
    sourceOptions = "path: \"in/a %#ü=.json\"";
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).containsExactly("{\"id\":7}");
  }

  @Test
  void missingInputIsRefused() throws IOException {
    sourceOptions = "path: nowhere";
    requireRefused(":2: ", "source readings", folder.resolve("nowhere") + " does not exist");
  }

  @Test
  void missingInputOfAPatternIsRefused() throws IOException {
    sourceOptions = "path: \"nowhere/*.json\"";
    requireRefused("source readings", "nowhere", "does not exist");
  }

  @Test
  void fileInPlaceOfTheOutputIsRefused() throws IOException {
    Files.writeString(folder.resolve("out"), "mine");
    requireRefused("query alerts", folder.resolve("out") + " is a file", "choose another path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in/a.json/out", "in/a.json"})
  void outputUnderAFileIsRefused(String path) throws IOException {
    output = path;
    requireRefused("query alerts", folder.resolve("in/a.json") + " is a file");
  }

  /** The superuser may write everywhere, it seems, until it is tried. */
  @Test
  void outputThatTurnsOutNotToBeWritableFailsTheQueryAndLosesNothing() throws IOException {
    output = "/proc/millrace/out";
    assertThat(run()).isBetween(1, 2);
    assertThat(err).contains("query alerts", "/proc");
    output = "out";
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).containsExactly("{\"id\":1}");
  }

  @Test
  void fileInPlaceOfTheCheckpointIsRefused() throws IOException {
    Files.writeString(folder.resolve("ck"), "mine");
    requireRefused("query alerts", folder.resolve("ck").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"in/a.json/ck", "/proc/millrace/ck", "/proc"})
  void checkpointThatCannotBeMadeIsRefused(String path) throws IOException {
    checkpoint = path;
    requireRefused("query alerts", path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint: in/a.json/ck", "checkpoint: in/a.json", "checkpoint: ck2"})
  void nothingStartsIfTheSecondQueryCannot(String second) throws IOException {
    String place = second.endsWith("ck2") ? "in/a.json" : "out2";
    secondQuery =
        "second: {sql: SELECT id FROM readings, trigger: {once: true}, "
            + second
            + ", sink: {format: json, options: {path: "
            + place
            + "}}}";
    requireRefused("query second", "in/a.json is a file");
  }

  @Test
  void checkpointOfAnotherQueryIsRefused() throws IOException {
    assertThat(run()).as(() -> err).isZero();
    sql = "SELECT value FROM readings";
    requireRefused("query alerts", "checkpoint " + folder.resolve("ck"));
  }

  @Test
  void newCheckpointOverOldOutputIsRefused() throws IOException {
    assertThat(run()).as(() -> err).isZero();
    checkpoint = "other";
    requireRefused("query alerts", folder.resolve("out") + " holds the output of query");
  }

  @Test
  void checkpointInTheOutputIsOutOfSight() throws IOException {
    checkpoint = "out/_checkpoint";
    assertThat(run()).as(() -> err).isZero();
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).containsExactly("{\"id\":1}");
  }

  @Test
  void plannedFileThatHasGoneFailsTheQueryUntilItIsBackOrGivenUp() throws IOException {
    Path bad = folder.resolve("in/b.json");
    Files.writeString(bad, ROW.formatted(3, 12) + "{\"id\":\n" + ROW.formatted(4, 13));
    sourceOptions = "path: in, mode: FAILFAST";
    assertThat(run()).isEqualTo(1);
    assertThat(err).contains("query alerts", "b.json, line 2: ");

    byte[] bytes = Files.readAllBytes(bad);
    Files.delete(bad);
    assertThat(run()).isEqualTo(1);
    assertThat(err).contains("query alerts", bad + " is part of a planned epoch and has gone");
    assertThat(rows()).isEmpty();

    Files.write(bad, bytes);
    sourceOptions = "path: in, mode: DROPMALFORMED";
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).containsExactly("{\"id\":1}", "{\"id\":3}", "{\"id\":4}");
  }

  @Test
  void plannedFileThatHasGoneCanBeIgnored() throws IOException {
    Path bad = folder.resolve("in/b.json");
    Files.writeString(bad, "{\"id\":\n");
    sourceOptions = "path: in, mode: FAILFAST";
    assertThat(run()).isEqualTo(1);
    Files.delete(bad);
    sourceOptions = "path: in, mode: FAILFAST, ignoreMissingFiles: true";
    assertThat(run()).as(() -> err).isZero();
    assertThat(rows()).containsExactly("{\"id\":1}");
  }

  @Test
  void queryThatIsRefusedLeavesNoCheckpoint() throws IOException {
    Path file = folder.resolve("in/a.json");
    try (Session session = Session.open()) {
      DataStreamWriter writer =
          session
              .readStream()
              .schema("id BIGINT")
              .json(folder.resolve("in").toString())
              .writeStream()
              .format("json")
              .option("checkpointLocation", folder.resolve("ck"));
      assertThatThrownBy(() -> writer.start(file.toString()))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(file + " is a file");
    }
    assertThat(folder.resolve("ck")).doesNotExist();
  }
}
