package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.json.JsonSourceProvider;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkProvider;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  private static final String PART = "part-00000-9f2c41d7-e";

  @TempDir Path temp;
  private Path out;

  @BeforeEach
  void path() {
    out = temp.resolve("deep/out");
  }

  private SinkRun json() {
    return new SinkRun(out);
  }

  private Path manifest() {
    return out.resolve("_millrace/" + SinkRun.QUERY + ".manifest");
  }

  @Test
  void isFoundByItsNameAndSaysWhatItDelivers() {
    assertThat(ServiceLoader.load(SinkProvider.class).stream().map(p -> p.get().format()))
        .contains("json");
    try (SinkRun run = json()) {
      assertThat(run.sink().delivery()).isEqualTo(Sink.Delivery.IDEMPOTENT_BY_EPOCH);
      assertThat(run.sink().description()).isEqualTo("FileSink[" + out + "]");
    }
    assertThat(out).as("opening writes nothing").doesNotExist();
  }

  @Test
  void epochBecomesOneWholeFileAndAReceipt() {
    try (SinkRun run = json().storage(new LocalStorage())) {
      assertThat(run.epoch(0, "a", "b", null))
          .isEqualTo("{\"epoch\":0,\"files\":1,\"rows\":3,\"bytes\":49}");
      run.epoch(1, "c");
    }
    assertThat(SinkRun.visible(out))
        .isEqualTo(
            Map.of(
                PART + "00000000-p000.json",
                "{\"id\":0,\"name\":\"a\"}\n{\"id\":1,\"name\":\"b\"}\n{\"id\":2}\n",
                PART + "00000001-p000.json",
                "{\"id\":0,\"name\":\"c\"}\n"));
    assertThat(SinkRun.unfinished(out)).isEmpty();
    assertThat(out.resolve("_millrace/" + SinkRun.QUERY + ".unfinished")).doesNotExist();
  }

  @Test
  void everythingIsSafeBeforeTheStepThatReliesOnIt() {
    ForwardingStorage storage = new ForwardingStorage();
    String part = PART + "00000000-p000.json";
    String manifest = SinkRun.QUERY + ".manifest";
    try (SinkRun run = json().storage(storage)) {
      run.epoch(0, "a");
    }
    assertThat(storage.steps)
        .containsExactly(
            "write " + part,
            "force " + part,
            "force " + SinkRun.QUERY + ".unfinished",
            "write " + manifest,
            "force " + manifest,
            "force _millrace",
            "rename " + part,
            "force out");
  }

  @Test
  void nothingIsForcedWhenThatIsNotAskedFor() {
    ForwardingStorage storage = new ForwardingStorage();
    try (SinkRun run = json().storage(storage).notDurable()) {
      run.epoch(0, "a");
    }
    assertThat(storage.steps).noneMatch(step -> step.startsWith("force"));
    assertThat(SinkRun.visible(out)).hasSize(1);
  }

  @Test
  void nullsAreKeptWhenAskedFor() {
    try (SinkRun run = json().option("ignoreNullFields", false)) {
      run.epoch(0, new String[] {null});
    }
    assertThat(SinkRun.visible(out).values()).containsExactly("{\"id\":0,\"name\":null}\n");
  }

  @Test
  void nothingIsVisibleBeforeTheCommit() {
    try (SinkRun run = json()) {
      run.sink().begin(0, 7);
      run.write(0, "a", "b");
      assertThat(SinkRun.visible(out)).isEmpty();
    }
    assertThat(SinkRun.all(out)).as("an uncommitted epoch leaves nothing").isEmpty();
  }

  @Test
  void epochWithoutRowsIsCommittedWithoutAFile() {
    try (SinkRun run = json()) {
      assertThat(run.epoch(0)).isEqualTo("{\"epoch\":0,\"files\":0,\"rows\":0,\"bytes\":0}");
    }
    assertThat(SinkRun.visible(out)).isEmpty();
    try (SinkRun run = json()) {
      assertThat(run.sink().begin(0, 7)).isFalse();
    }
  }

  @Test
  void committedEpochIsSkippedAlsoAfterARestart() {
    String receipt;
    try (SinkRun run = json()) {
      receipt = run.epoch(0, "a");
      run.epoch(1, "b");
      assertThat(run.sink().begin(0, 7)).isFalse();
      assertThat(run.sink().commit(0)).isEqualTo(receipt);
    }
    Map<String, String> before = SinkRun.all(out);
    try (SinkRun run = json()) {
      assertThat(run.sink().begin(0, 7)).isFalse();
      assertThat(run.sink().commit(0)).isEqualTo(receipt);
      assertThat(run.sink().begin(1, 7)).isFalse();
    }
    assertThat(SinkRun.all(out)).isEqualTo(before);
  }

  @Test
  void epochCommittedUnderAnotherPlanIsRefused() {
    try (SinkRun run = json()) {
      run.epoch(3, 0xABCD, "a");
    }
    Map<String, String> before = SinkRun.all(out);
    try (SinkRun run = json()) {
      assertThatThrownBy(() -> run.sink().begin(3, 0x1234))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
          .hasMessageContaining("epoch 3")
          .hasMessageContaining("abcd")
          .hasMessageContaining("1234")
          .hasMessageContaining("new checkpoint and a new directory");
      assertThatThrownBy(() -> run.sink().begin(2, 7))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("epoch 2 is to be written, but epoch 3 is committed already");
    }
    assertThat(SinkRun.all(out)).isEqualTo(before);
  }

  @Test
  void maxRecordsPerFileBeginsFurtherParts() {
    try (SinkRun run = json().option("maxRecordsPerFile", 3)) {
      assertThat(run.epoch(0, "a", "b", "c", "d", "e", "f", "g"))
          .contains("\"files\":3,\"rows\":7");
    }
    assertThat(SinkRun.visible(out).values().stream().map(text -> text.lines().count()))
        .containsExactly(3L, 3L, 1L);
    assertThat(SinkRun.visible(out)).containsKey(PART + "00000000-p002.json");
  }

  @Test
  void partitionColumnsAreFoldersAndNotInTheRows() {
    try (SinkRun run = json().partitionBy("name")) {
      run.epoch(0, "n", "s", "n", "n", null, "");
    }
    assertThat(SinkRun.visible(out))
        .isEqualTo(
            Map.of(
                "name=n/" + PART + "00000000-p000.json", "{\"id\":0}\n{\"id\":2}\n{\"id\":3}\n",
                "name=s/" + PART + "00000000-p001.json", "{\"id\":1}\n",
                "name=__HIVE_DEFAULT_PARTITION__/" + PART + "00000000-p002.json", "{\"id\":4}\n",
                "name=__HIVE_DEFAULT_PARTITION__/" + PART + "00000000-p003.json", "{\"id\":5}\n"));
  }

  @Test
  void oddPartitionValuesAreEscapedAsHiveDoes() {
    try (SinkRun run = json().partitionBy("name")) {
      run.epoch(0, "a/b", "x=y", "50%", "ü ö", "2025-10-10 12:01:00", "..", "\u0001\"#'*?\\{[]^");
    }
    assertThat(
            SinkRun.visible(out).keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/'))))
        .containsExactlyInAnyOrder(
            "name=a%2Fb",
            "name=x%3Dy",
            "name=50%25",
            "name=ü ö",
            "name=2025-10-10 12%3A01%3A00",
            "name=..",
            "name=%01%22%23%27%2A%3F%5C%7B%5B%5D%5E");
  }

  @Test
  void manyPartitionsNeedNotBeOpenAtATime() {
    String[] names = IntStream.range(0, 600).mapToObj(i -> "p" + i % 300).toArray(String[]::new);
    try (SinkRun run = json().partitionBy("name")) {
      assertThat(run.epoch(0, names)).contains("\"files\":600,\"rows\":600");
    }
    assertThat(SinkRun.visible(out)).hasSize(600);
    assertThat(SinkRun.visible(out))
        .containsEntry("name=p299/" + PART + "00000000-p599.json", "{\"id\":599}\n");
  }

  @Test
  void wrongPartitionColumnsAreRefused() {
    try (SinkRun run = json().partitionBy("nam")) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("there is no column nam; did you mean name?");
    }
    try (SinkRun run = json().partitionBy("name", "id")) {
      assertThatThrownBy(run::sink).hasMessageContaining("names every column");
    }
    try (SinkRun run = json().partitionBy("name", "NAME")) {
      assertThatThrownBy(run::sink).hasMessageContaining("names a column twice");
    }
  }

  @Test
  void anotherQueryIsRefusedUnlessAModeIsGiven() {
    try (SinkRun run = json()) {
      run.epoch(0, "a");
    }
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY)) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("holds the output of query " + SinkRun.QUERY)
          .hasMessageContaining("option mode");
    }
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY).option("mode", "append")) {
      run.epoch(0, "b");
    }
    assertThat(SinkRun.visible(out)).hasSize(2);
    try (SinkRun run = json()) {
      run.epoch(1, "c");
    }
    assertThat(SinkRun.visible(out)).as("the first query goes on").hasSize(3);
  }

  @Test
  void overwriteReplacesEverythingAtItsFirstCommit() {
    new Fixture(out).file("old/of another tool.json", "{}");
    try (SinkRun run = json()) {
      run.epoch(0, "a");
    }
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY).option("mode", "overwrite")) {
      run.sink().begin(0, 0);
      run.write(0, "b");
      assertThat(SinkRun.visible(out)).as("the old rows stay until the new are there").hasSize(2);
      run.sink().commit(0);
      run.epoch(1, "c");
    }
    assertThat(SinkRun.visible(out).values())
        .containsExactly("{\"id\":0,\"name\":\"b\"}\n", "{\"id\":0,\"name\":\"c\"}\n");
    assertThat(manifest()).doesNotExist();
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY).option("mode", "overwrite")) {
      run.epoch(2, "d");
    }
    assertThat(SinkRun.visible(out)).as("a restart keeps its own rows").hasSize(3);
  }

  @Test
  void errorIfExistsRefusesADirectoryThatIsNotEmpty() throws IOException {
    Files.createDirectories(out);
    try (SinkRun run = json().option("mode", "errorifexists")) {
      run.epoch(0, "a");
    }
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY).option("mode", "ErrorIfExists")) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("exists already");
    }
    try (SinkRun run = json().option("mode", "upsert")) {
      assertThatThrownBy(run::sink).hasMessageContaining("option mode is upsert, it must be");
    }
  }

  @Test
  void ignoreWritesNothingIntoADirectoryThatIsNotEmpty() {
    try (SinkRun run = json().option("mode", "ignore")) {
      run.epoch(0, "a");
    }
    Map<String, String> before = SinkRun.all(out);
    try (SinkRun run = json().query(SinkRun.OTHER_QUERY).option("mode", "ignore")) {
      assertThat(run.sink().begin(0, 0)).isFalse();
      assertThat(run.sink().commit(0)).isEmpty();
    }
    assertThat(SinkRun.all(out)).isEqualTo(before);
  }

  @Test
  void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
    Files.createDirectories(temp.resolve("x"));
    Path file = Files.writeString(temp.resolve("deep"), "a file");
    try (SinkRun run = json()) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(out + " must be a directory, but " + file + " is a file");
    }
  }

  @Test
  void directoryThatCannotBeWrittenIsRefusedAtOpen() {
    Storage readOnly =
        new ForwardingStorage() {
          @Override
          public boolean isWritable(Path path) {
            return false;
          }
        };
    try (SinkRun run = json().storage(readOnly)) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("this user may not write to " + temp);
    }
  }

  @Test
  void tornManifestLineIsCutOffAtEveryByte() throws IOException {
    try (SinkRun run = json()) {
      run.epoch(0, "a");
    }
    long first = Files.size(manifest());
    try (SinkRun run = json()) {
      run.epoch(1, "b");
    }
    byte[] whole = Files.readAllBytes(manifest());
    for (int length = (int) first; length < whole.length; length++) {
      Files.write(manifest(), Arrays.copyOf(whole, length));
      try (SinkRun run = json()) {
        assertThat(run.sink().begin(1, 8)).as("%d bytes", length).isTrue();
        assertThat(SinkRun.visible(out)).as("the orphan is removed").hasSize(1);
        run.write(1, "b");
        run.sink().commit(1);
      }
      assertThat(SinkRun.visible(out)).hasSize(2);
      assertThat(Files.size(manifest())).isEqualTo(whole.length);
    }
  }

  @Test
  void damageInsideTheManifestIsRefused() throws IOException {
    try (SinkRun run = json()) {
      run.epoch(0, "a");
      run.epoch(1, "b");
    }
    try (RandomAccessFile file = new RandomAccessFile(manifest().toFile(), "rw")) {
      file.seek(20);
      file.write('#');
    }
    try (SinkRun run = json()) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(manifest() + ": damaged at position 0");
    }
  }

  @Test
  void outputIsReadBackWithoutHiddenFiles() {
    try (SinkRun run = json()) {
      run.epoch(0, "a", "ü\n\"");
      run.epoch(1, "c");
      run.sink().begin(2, 7);
      run.write(2, "not yet");
      try (SourceRun back =
          new SourceRun(new JsonSourceProvider(), out).schema("id BIGINT, name STRING")) {
        assertThat(back.rows())
            .containsExactlyInAnyOrderElementsOf(List.of("0|a", "1|ü\n\"", "0|c"));
      }
    }
  }

  @Test
  void unknownOptionIsRefused() {
    try (SinkRun run = json().option("maxRecordPerFile", 1)) {
      assertThatThrownBy(run::sink)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("did you mean maxRecordsPerFile?");
    }
  }
}
