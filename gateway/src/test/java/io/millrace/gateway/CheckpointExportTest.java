package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace checkpoint export}, and what {@code show} and {@code verify} say of state. */
class CheckpointExportTest {
  @TempDir Path folder;
  private WindowedQuery query;
  private String checkpoint;

  @BeforeEach
  void chooseCheckpoint() {
    query = new WindowedQuery(folder);
    checkpoint = query.checkpoint().toString();
  }

  /** The second file closes the first window, whose row nobody has removed from the files. */
  private void run() throws IOException {
    query.input("0.json", "a,\"b\"", 1, 2, 9);
    query.input("1.json", "c", 12, 25);
    query.run("append", false);
  }

  private static String out(int status, TestProcess process, String... arguments) {
    assertThat(process.run(arguments)).as(process.err()).isEqualTo(status);
    return process.out();
  }

  private String export(String... more) {
    List<String> arguments = new ArrayList<>(List.of("checkpoint", "export", checkpoint));
    arguments.addAll(Arrays.asList(more));
    return out(0, new TestProcess(folder), arguments.toArray(String[]::new));
  }

  private String refused(int status, String... arguments) {
    TestProcess process = new TestProcess(folder);
    assertThat(out(status, process, arguments)).as("nothing is printed").isEmpty();
    return process.err();
  }

  @Test
  void rowsThatTheWatermarkHasPassedAreGone() throws IOException {
    run();
    assertThat(export())
        .isEqualTo(
            """
            window.start,k,first_row,count(1).count
            1970-01-01T00:00:20Z,c,4,1
            """);
  }

  @Test
  void withoutAWatermarkOverThemAllRowsAreThereAndQuotedWhereTheyMustBe() throws IOException {
    query.input("0.json", "a,\"b\"", 1, 2, 9);
    query.run("update", false);
    assertThat(export("--format", "csv"))
        .isEqualTo(
            """
            window.start,k,first_row,count(1).count
            1970-01-01T00:00:00Z,"a,""b""\",0,3
            """);
    assertThat(export("--format", "json", "--operator", "0"))
        .isEqualTo(
            """
            {"window.start":"1970-01-01T00:00:00.000Z","k":"a,\\"b\\"","first_row":0,"count(1).count":3}
            """);
  }

  @Test
  void arrowIsAStreamForAnyReader() throws IOException {
    run();
    TestProcess process = new TestProcess(folder);
    out(0, process, "checkpoint", "export", checkpoint, "--format", "arrow");
    Path file = folder.resolve("state.arrows");
    assertThat(export("--format", "ARROW", "--output", file.toString())).isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(process.outBytes());
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(process.outBytes()), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(root.contentToTSVString())
          .isEqualTo("window.start\tk\tfirst_row\tcount(1).count\n20000000\tc\t4\t1\n");
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void aTerminalGetsNoBytesThatAreNoText() throws IOException {
    run();
    TestProcess process = new TestProcess(folder);
    process.screen = true;
    assertThat(out(2, process, "checkpoint", "export", checkpoint, "--format", "arrow")).isEmpty();
    assertThat(process.err())
        .isEqualTo("--format arrow is no text for a terminal; add --output FILE, or pipe it\n");
    assertThat(out(0, process, "checkpoint", "export", checkpoint)).isNotEmpty();
  }

  @Test
  void aFileIsReplacedOrLeftAlone() throws IOException {
    run();
    Path file = folder.resolve("state.csv");
    Files.writeString(file, "old");
    assertThat(
            refused(
                2, "checkpoint", "export", checkpoint, "--operator", "7", "--output", file + ""))
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + " has no stateful operator 7; there are: 0 = stateStoreSave 0 (rows: 1)\n");
    assertThat(file).hasContent("old");
    assertThat(export("--output", file.toString())).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(export());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("in", "ck", "state.csv");
    }
  }

  @Test
  void whereNoFileCanBeIsRefusedAtOnce() {
    assertThat(refused(2, "checkpoint", "export", checkpoint, "--output", folder.toString()))
        .isEqualTo("--output " + folder + ": this is a folder; name a file\n");
    Path nowhere = folder.resolve("no/such/file");
    assertThat(refused(2, "checkpoint", "export", checkpoint, "--output", nowhere.toString()))
        .isEqualTo("--output " + nowhere + ": there is no folder " + nowhere.getParent() + "\n");
  }

  @Test
  void oneOfSeveralOperatorsMustBeNamed() throws IOException {
    query.input("0.json", "a", 1, 12, 25, 31);
    query.run("append", true);
    assertThat(refused(2, "checkpoint", "export", checkpoint))
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + " has more than one stateful operator, say which; there are:"
                + " 0 = stateStoreSave 0 (rows: 1), 1 = stateStoreSave 1 (rows: 1)\n");
    assertThat(export("--operator", "0")).contains("\n1970-01-01T00:00:30Z,a,").hasLineCount(2);
    assertThat(export("--operator", "1")).contains("\n1970-01-01T00:00:20Z,").hasLineCount(2);
    assertThat(refused(2, "checkpoint", "export", checkpoint, "--operator", "one"))
        .contains("'one' is not an int");
    assertThat(refused(2, "checkpoint", "export", checkpoint, "--format", "xml"))
        .contains("expected one of [CSV, JSON, ARROW]");
  }

  @Test
  void withoutStateThereIsNothingToExport() throws IOException {
    assertThat(refused(2, "checkpoint", "export", checkpoint))
        .startsWith(checkpoint + ": there is no checkpoint; name the directory");
    query.input("0.json", "a", 1);
    try (Session session = Session.open()) {
      session
          .readStream()
          .schema("k STRING")
          .json(folder.resolve("in").toString())
          .writeStream()
          .format("noop")
          .option("checkpointLocation", checkpoint)
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    }
    assertThat(refused(2, "checkpoint", "export", checkpoint))
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + ": its query keeps no state; one that groups a stream does\n");
    assertThat(new TestProcess(folder).run("checkpoint", "show", checkpoint)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state/schema.json", "state/journal"})
  void damageIsNamed(String name) throws IOException {
    run();
    Path place = query.checkpoint().resolve(name);
    Path damaged;
    try (Stream<Path> files = Files.walk(place)) {
      damaged =
          files
              .filter(file -> file.toString().matches(".*\\.(json|journal)"))
              .filter(Files::isRegularFile)
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[100] ^= 1;
    Files.write(damaged, bytes);
    assertThat(refused(1, "checkpoint", "export", checkpoint))
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + " is damaged; `millrace checkpoint verify "
                + checkpoint
                + "` lists what is readable\n");
    TestProcess process = new TestProcess(folder);
    assertThat(out(1, process, "checkpoint", "verify", checkpoint))
        .containsPattern(name + ".*: damaged")
        .contains("not usable: a start refuses it");
  }

  @Test
  void aRunningQueryIsReadAndNotDisturbed() throws IOException {
    query.input("0.json", "a", 1);
    try (Session session =
        Session.builder()
            .config("millrace.snapshot.deltas", 1)
            .config("millrace.snapshot.minBytes", 1)
            .create()) {
      StreamingQuery running =
          query.start(session, "update", false, Trigger.processingTime("10 milliseconds"));
      for (int i = 1; i <= 20; i++) {
        running.processAllAvailable();
        query.input(i + ".json", "a", 1);
        String last = export().lines().reduce("", (before, line) -> line);
        assertThat(last).isIn(row(i), row(i + 1));
      }
      running.stop();
    }
    assertThat(export()).endsWith(row(21) + "\n");
  }

  private static String row(int count) {
    return "1970-01-01T00:00:00Z,a,0," + count;
  }

  @Test
  void showTellsWhatIsKept() throws IOException {
    run();
    assertThat(out(0, new TestProcess(folder), "checkpoint", "show", checkpoint))
        .containsPattern("watermark +1970-01-01T00:00:25Z\n")
        .containsPattern("state +0 = stateStoreSave 0, rows: 1 \\(`window.start` TIMESTAMP ")
        .containsPattern(" +snapshots of epochs \\[] with 0 bytes, changes: 2 with [0-9]+ bytes\n");
    assertThat(out(0, new TestProcess(folder), "checkpoint", "show", "--json", checkpoint))
        .contains(
            "\"state\":{\"operators\":[{\"name\":\"stateStoreSave 0\",\"schema\":\"`window.start` ",
            "\"keyColumns\":2,\"rows\":1}],\"snapshotEpochs\":[],\"snapshotBytes\":0,\"changes\":2,");
    assertThat(out(0, new TestProcess(folder), "checkpoint", "verify", checkpoint))
        .contains("state/schema.json: ok\n", "state/journal/00000000000000000000.journal: ok, 2 ");
    assertThat(out(0, new TestProcess(folder), "checkpoint", "verify", "--json", checkpoint))
        .contains("{\"file\":\"state/schema.json\",\"state\":\"ok\",");
  }

  @Test
  void beforeTheFirstCommitNoRowsAreCounted() throws IOException {
    run();
    Path offsets = query.checkpoint().resolve("offsets/00000000000000000000.journal");
    byte[] frames = Files.readAllBytes(offsets);
    int planBytes = 48 + ByteBuffer.wrap(frames).getInt(32);
    Files.write(offsets, Arrays.copyOf(frames, planBytes));
    assertThat(out(0, new TestProcess(folder), "checkpoint", "show", checkpoint))
        .containsPattern("state +0 = stateStoreSave 0 \\(`window.start` TIMESTAMP ");
    assertThat(refused(2, "checkpoint", "export", checkpoint))
        .isEqualTo("checkpoint " + checkpoint + ": no epoch of its query is committed yet\n");
  }
}
