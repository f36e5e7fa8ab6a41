package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Plan;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace checkpoint show} and {@code verify}. */
class CheckpointCommandTest {
  private static final int EPOCHS = 3;

  @TempDir Path folder;
  private Path checkpoint;
  private TestProcess process;

  @BeforeEach
  void chooseCheckpoint() {
    checkpoint = folder.resolve("ck");
    process = new TestProcess(folder);
  }

  private StreamingQuery start(Session session, Trigger trigger) {
    return session
        .readStream()
        .format("json")
        .schema("id BIGINT")
        .option("maxFilesPerTrigger", 1)
        .load(folder.resolve("in").toString())
        .writeStream()
        .format("json")
        .option("path", folder.resolve("out").toString())
        .option("checkpointLocation", checkpoint.toString())
        .trigger(trigger)
        .start();
  }

  private static Session session(String journal) {
    return Session.builder().config("millrace.journal", journal).create();
  }

  private void run(String journal) throws IOException {
    Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < EPOCHS; i++) {
      Files.writeString(folder.resolve("in/" + i + ".json"), "{\"id\":" + i + "}\n");
    }
    try (Session session = session(journal)) {
      start(session, Trigger.availableNow()).awaitTermination();
    }
  }

  private String out(int status, String... arguments) {
    TestProcess process = new TestProcess(folder);
    assertThat(process.run(arguments)).as(process.err()).isEqualTo(status);
    return process.out();
  }

  /** Every value of an object, as a path of names and its text. */
  private static List<String> values(String json) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          values.add(parser.getParsingContext().pathAsPointer() + " " + parser.getText());
        }
      }
    }
    return values;
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.walk(checkpoint.resolve("offsets"))) {
      return files.filter(f -> f.toString().matches(".*(journal|cq4)")).findAny().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "file"})
  void showTellsHowFarTheQueryHasCome(String journal) throws IOException {
    run(journal);
    assertThat(out(0, "checkpoint", "show", checkpoint.toString()))
        .containsPattern("query +[0-9a-f-]{36}\n")
        .containsPattern("sources +FileSource\\[")
        .containsPattern("sink +json\n")
        .containsPattern("epochs +kept from 0, planned to 2, committed to 2\n")
        .containsPattern("offsets +FileSource\\[.*] \\{\"logOffset\":2}\n")
        .containsPattern("journal +" + journal + ", segments: 1, records: 6\n")
        .containsPattern("bytes +journal [0-9]+, metadata [0-9]+, all [0-9]+\n")
        .doesNotContain("in use", "uncommitted", "watermark");

    List<String> values = values(out(0, "checkpoint", "show", "--json", checkpoint.toString()));
    assertThat(values)
        .contains(
            "/directory " + checkpoint,
            "/query/sink json",
            "/epochs/firstKept 0",
            "/epochs/lastPlanned 2",
            "/epochs/lastCommitted 2",
            "/epochs/uncommitted false",
            "/offsets/0/end {\"logOffset\":2}",
            "/journal/kinds/0 " + journal,
            "/journal/segments 1",
            "/journal/records 6")
        .anyMatch(value -> value.startsWith("/query/id "))
        .anyMatch(value -> value.startsWith("/query/operators/0 "))
        .anyMatch(value -> value.startsWith("/sizeBytes/all "))
        .noneMatch(value -> value.startsWith("/inUseBy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "file"})
  void aReaderWrittenFromThePageFindsWhatShowSays(String journal) throws IOException {
    run(journal);
    List<PageReader.Frame> frames = PageReader.frames(checkpoint);
    assertThat(frames).extracting(PageReader.Frame::type).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(frames).extracting(PageReader.Frame::epoch).containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
    assertThat(frames.get(4).payload()).contains("\\\"end\\\":\\\"{\\\\\\\"logOffset\\\\\\\":2}");
    assertThat(frames.get(5).payload()).contains("\"sinkReceipt\":");
    assertThat(PageReader.metadataIsRight(checkpoint)).isTrue();
    assertThat(values(out(0, "checkpoint", "show", "--json", checkpoint.toString())))
        .contains(
            "/journal/records " + frames.size(),
            "/epochs/lastPlanned " + frames.get(4).epoch(),
            "/epochs/lastCommitted " + frames.get(5).epoch(),
            "/sizeBytes/metadata " + Files.size(checkpoint.resolve("metadata.json")));
  }

  @Test
  void theManifestIsAsThePageSays() throws IOException {
    run("file");
    String id =
        values(out(0, "checkpoint", "show", "--json", checkpoint.toString())).stream()
            .filter(value -> value.startsWith("/query/id "))
            .map(value -> value.substring("/query/id ".length()))
            .findAny()
            .orElseThrow();
    Path output = folder.resolve("out");
    List<String> lines = Files.readAllLines(output.resolve("_millrace/" + id + ".manifest"));
    assertThat(lines).hasSize(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      List<String> values = values(PageReader.manifestText(lines.get(epoch)));
      String name = "part-00000-" + id.substring(0, 8) + "-e0000000" + epoch + "-p000.json";
      assertThat(values)
          .contains(
              "/epoch " + epoch,
              "/rows 1",
              "/files/0/0 " + name,
              "/files/0/1 " + Files.size(output.resolve(name)));
      String checksum = values.stream().filter(v -> v.startsWith("/planChecksum ")).findAny().get();
      assertThat(values(PageReader.frames(checkpoint).get(2 * epoch + 1).payload()))
          .contains(checksum);
    }
    for (String line : Files.readAllLines(Path.of("../state/FORMAT.md"))) {
      if (line.matches("[0-9a-f]{8} \\{.*")) {
        assertThat(values(PageReader.manifestText(line))).contains("/rows 2");
      }
    }
  }

  @Test
  void showSaysThatAnEpochIsNotCommitted() throws IOException {
    run("file");
    byte[] whole = Files.readAllBytes(segment());
    Files.write(segment(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(out(0, "checkpoint", "show", checkpoint.toString()))
        .containsPattern("epochs +kept from 0, planned to 2, committed to 1\n")
        .containsPattern("uncommitted +2, a start runs it first\n");
  }

  @Test
  void aWatermarkAndTheOffsetsOfAllSourcesAreShown() throws IOException {
    CheckpointMetadata query =
        new CheckpointMetadata(
            UUID.randomUUID(), "test", List.of("Scan"), List.of("left", "right"), "console");
    JournalOptions options = new JournalOptions(JournalKind.FILE, Durability.PROCESS);
    try (Checkpoint written =
        Checkpoint.open(checkpoint, query, new LocalStorage(), options, CrashPoints.NONE)) {
      String range = "{\"start\":\"null\",\"end\":\"7\",\"detail\":\"\"}";
      int checksum = written.plan(new Plan(0, 1, List.of("", range)));
      written.commit(new Commit(0, 1_760_097_720_500_000L, "", checksum));
    }
    assertThat(out(0, "checkpoint", "show", checkpoint.toString()))
        .containsPattern("offsets +left nothing yet\n +right 7\n")
        .containsPattern("watermark +2025-10-10T12:02:00.500Z\n");
    assertThat(values(out(0, "checkpoint", "show", "--json", checkpoint.toString())))
        .contains("/watermarkUs 1760097720500000", "/offsets/1/source right", "/offsets/1/end 7")
        .noneMatch(value -> value.startsWith("/offsets/0/end"));
  }

  @Test
  void aRunningQueryIsShownAndNotDisturbed() throws IOException {
    run("chronicle");
    try (Session session = session("chronicle")) {
      StreamingQuery query = start(session, Trigger.processingTime("10 milliseconds"));
      String pid = "pid " + ProcessHandle.current().pid();
      for (int i = EPOCHS; i < 30; i++) {
        Files.writeString(folder.resolve("in/" + i + ".json"), "{\"id\":" + i + "}\n");
        assertThat(out(0, "checkpoint", "show", checkpoint.toString()))
            .containsPattern("in use +by " + pid + "\n");
        assertThat(out(0, "checkpoint", "verify", checkpoint.toString()))
            .startsWith("in use by " + pid + "\n")
            .contains("usable: ");
      }
      query.processAllAvailable();
      query.stop();
    }
    assertThat(values(out(0, "checkpoint", "show", "--json", checkpoint.toString())))
        .contains("/offsets/0/end {\"logOffset\":29}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "file"})
  void verifyNamesEveryFile(String journal) throws IOException {
    run(journal);
    String name = checkpoint.relativize(segment()).toString();
    assertThat(out(0, "checkpoint", "verify", checkpoint.toString()))
        .isEqualTo(
            "metadata.json: ok\n"
                + name
                + ": ok, 6 records\nusable: a start goes on with epoch 3\n");
    assertThat(values(out(0, "checkpoint", "verify", "--json", checkpoint.toString())))
        .contains(
            "/usable true",
            "/files/0/file metadata.json",
            "/files/0/state ok",
            "/files/1/file " + name,
            "/files/1/state ok",
            "/files/1/records 6");
  }

  @Test
  void verifySaysThatAnUnfinishedEndIsHarmless() throws IOException {
    run("file");
    byte[] whole = Files.readAllBytes(segment());
    Files.write(segment(), Arrays.copyOf(whole, whole.length - 9));
    assertThat(out(0, "checkpoint", "verify", checkpoint.toString()))
        .containsPattern(
            "journal: 5 records, then an unfinished end at byte [0-9]+: [0-9]+ bytes would be cut,"
                + " harmless \\(the payload has ")
        .contains("usable: a start goes on with epoch 2\n");
    assertThat(Files.size(segment())).as("nothing is cut").isEqualTo(whole.length - 9);
  }

  @Test
  void verifyEndsWithOneOnDamageAndAStartRefusesIt() throws IOException {
    run("file");
    byte[] bytes = Files.readAllBytes(segment());
    bytes[70] ^= 1;
    Files.write(segment(), bytes);
    assertThat(out(1, "checkpoint", "verify", checkpoint.toString()))
        .contains("damaged at byte 0, behind 0 records: the payload's checksum is wrong")
        .contains("whole records behind it: 5\nnot usable: a start refuses it");
    assertThat(values(out(1, "checkpoint", "verify", "--json", checkpoint.toString())))
        .contains(
            "/usable false",
            "/files/1/state damaged",
            "/files/1/position 0",
            "/files/1/readableRecords 5");
    assertThat(process.run("checkpoint", "show", checkpoint.toString())).isEqualTo(1);
    assertThat(process.err())
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + " is damaged; `millrace checkpoint verify "
                + checkpoint
                + "` lists what is readable\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "verify"})
  void whereNoCheckpointIsTheStatusIsTwo(String command) {
    assertThat(process.run("checkpoint", command, checkpoint.toString())).isEqualTo(2);
    assertThat(process.err())
        .startsWith(checkpoint + ": there is no checkpoint; name the directory")
        .hasLineCount(1);
  }
}
