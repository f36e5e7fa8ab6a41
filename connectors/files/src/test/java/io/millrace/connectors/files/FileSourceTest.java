package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.text.TextSourceProvider;
import io.millrace.spi.InputRange;
import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  private SourceRun text() {
    return new SourceRun(new TextSourceProvider(), directory);
  }

  @Test
  void eachFileIsPlannedOnce() {
    files.file("b", "1\n2\n");
    files.file("a", "3\n");
    try (SourceRun run = text()) {
      assertThat(run.rows()).containsExactly("1", "2", "3");
      assertThat(run.plan()).isEmpty();
      files.file("c", "4");
      assertThat(run.rows()).containsExactly("4");
    }
  }

  @Test
  void rangesCountFromZeroAndNameTheirFiles() {
    files.file("a", "12");
    try (SourceRun run = text()) {
      assertThat(run.plan())
          .contains(new InputRange("null", "{\"logOffset\":0}", "[[\"a\",1760000000000000,2]]"));
      files.file("b", "3");
      assertThat(run.plan().orElseThrow())
          .isEqualTo(
              new InputRange(
                  "{\"logOffset\":0}", "{\"logOffset\":1}", "[[\"b\",1760000001000000,1]]"));
    }
  }

  @Test
  void restoredFilesAreNotPlannedAgainAndRangesCanBeReadAgain() {
    files.file("a", "1");
    List<InputRange> journal = new ArrayList<>();
    try (SourceRun run = text()) {
      journal.add(run.plan().orElseThrow());
      files.file("b", "2");
      journal.add(run.plan().orElseThrow());
    }
    files.file("c", "3");
    try (SourceRun run = text()) {
      journal.forEach(run.source()::restore);
      assertThat(run.rows(journal.get(1))).containsExactly("2");
      InputRange next = run.plan().orElseThrow();
      assertThat(next.start()).isEqualTo("{\"logOffset\":1}");
      assertThat(next.end()).isEqualTo("{\"logOffset\":2}");
      assertThat(run.rows(next)).containsExactly("3");
      assertThat(run.plan()).isEmpty();
    }
  }

  @Test
  void maxFilesPerTriggerTakesTheOldestFirst() {
    for (int i = 0; i < 5; i++) {
      files.file("f" + (9 - i), "x");
    }
    try (SourceRun run = text().option("maxFilesPerTrigger", 2)) {
      assertThat(run.planNames()).containsExactly("f9", "f8");
      assertThat(run.planNames()).containsExactly("f7", "f6");
      assertThat(run.planNames()).containsExactly("f5");
      assertThat(run.planNames()).isEmpty();
    }
  }

  @Test
  void maxBytesPerTriggerTakesAtLeastOneFile() {
    files.file("a", "1234567890");
    files.file("b", "12");
    files.file("c", "123");
    files.file("d", "1");
    try (SourceRun run = text().option("maxBytesPerTrigger", 5)) {
      assertThat(run.planNames()).containsExactly("a");
      assertThat(run.planNames()).containsExactly("b", "c");
      assertThat(run.planNames()).containsExactly("d");
    }
  }

  @Test
  void bothLimitsApply() {
    files.file("a", "12");
    files.file("b", "12");
    files.file("c", "12");
    try (SourceRun run =
        text().option("maxBytesPerTrigger", "1k").option("maxFilesPerTrigger", 2)) {
      assertThat(run.planNames()).containsExactly("a", "b");
      assertThat(run.planNames()).containsExactly("c");
    }
  }

  @Test
  void latestFirstTakesTheNewestEachTime() {
    files.file("a", "x");
    files.file("b", "x");
    try (SourceRun run = text().option("latestFirst", true).option("maxFilesPerTrigger", 1)) {
      assertThat(run.planNames()).containsExactly("b");
      files.file("c", "x");
      assertThat(run.planNames()).containsExactly("c");
      assertThat(run.planNames()).containsExactly("a");
    }
  }

  @Test
  void staticReadTakesWhatIsThereAtOnceAndNoMore() {
    files.file("a", "1");
    files.file("b", "2");
    try (SourceRun run =
        text().asStatic().option("maxFilesPerTrigger", 1).option("latestFirst", true)) {
      assertThat(run.planNames()).containsExactly("b");
      files.file("c", "3");
      assertThat(run.planNames()).containsExactly("a");
      assertThat(run.planNames()).isEmpty();
    }
  }

  @Test
  void fixedEndLeavesLaterFilesToTheNextRun() {
    files.file("a", "1");
    files.file("b", "2");
    files.file("c", "3");
    List<InputRange> journal = new ArrayList<>();
    try (SourceRun run = text().option("maxFilesPerTrigger", 1)) {
      journal.add(run.plan().orElseThrow());
      files.file("d", "4");
      run.source().fixEnd();
      files.file("e", "5");
      for (var range = run.plan(); range.isPresent(); range = run.plan()) {
        journal.add(range.get());
      }
      assertThat(journal.stream().flatMap(range -> run.rows(range).stream()))
          .containsExactly("1", "2", "3", "4");
    }
    try (SourceRun run = text()) {
      journal.forEach(run.source()::restore);
      run.source().fixEnd();
      assertThat(run.rows()).containsExactly("5");
    }
  }

  @Test
  void fileThatChangedAfterItWasReadIsIgnoredAndCountedOnce() {
    files.file("a", "1\n");
    try (SourceRun run = text()) {
      assertThat(run.rows()).containsExactly("1");
      files.file("a", "1\n2\n");
      assertThat(run.rows()).isEmpty();
      assertThat(run.rows()).isEmpty();
      assertThat(run.source().metrics()).containsEntry("changedFiles", 1L);
    }
  }

  @Test
  void listedFileThatHasGoneBeforeItIsPlannedIsLeftOut() throws IOException {
    files.file("a", "1");
    files.file("b", "2");
    files.file("c", "3");
    try (SourceRun run = text().option("maxFilesPerTrigger", 1)) {
      assertThat(run.planNames()).containsExactly("a");
      Files.delete(directory.resolve("b"));
      assertThat(run.planNames()).containsExactly("c");
    }
  }

  @Test
  void fileThatGrewIsReadUpToItsPlannedSize() throws IOException {
    Path file = files.file("a", "1\n2\n");
    try (SourceRun run = text()) {
      InputRange range = run.plan().orElseThrow();
      Files.writeString(file, "3\n", StandardOpenOption.APPEND);
      assertThat(run.rows(range)).containsExactly("1", "2");
      assertThat(run.source().metrics()).containsEntry("changedFiles", 1L);
    }
  }

  @Test
  void fileThatShrankIsAnError() throws IOException {
    Path file = files.file("a", "1\n2\n");
    try (SourceRun run = text()) {
      InputRange range = run.plan().orElseThrow();
      Files.writeString(file, "1\n");
      assertThatThrownBy(() -> run.rows(range))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(file + ": planned with 4 bytes, now it ends after 2");
    }
  }

  @Test
  void plannedFileThatHasGoneIsAnErrorUnlessIgnored() throws IOException {
    Path file = files.file("a", "1\n");
    files.file("b", "2\n");
    InputRange range;
    try (SourceRun run = text()) {
      range = run.plan().orElseThrow();
      Files.delete(file);
      assertThatThrownBy(() -> run.rows(range))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(file + " is part of a planned epoch and has gone");
    }
    try (SourceRun run = text().option("ignoreMissingFiles", true)) {
      run.source().restore(range);
      assertThat(run.rows(range)).containsExactly("2");
      assertThat(run.source().metrics()).containsEntry("missingFiles", 1L);
    }
  }

  @Test
  void emptyFileWaitsUntilSomethingIsInIt() {
    files.file("a", "");
    try (SourceRun run = text()) {
      assertThat(run.plan()).isEmpty();
      files.file("a", "1");
      assertThat(run.rows()).containsExactly("1");
    }
  }

  @Test
  void oddNamesAreReadAlsoAfterARestart() {
    List<String> names =
        List.of("a b.txt", "50%.txt", "x#y.txt", "ümläut.txt", "k=v.txt", "a:b.txt", "\"q\".txt");
    names.forEach(name -> files.file(name, name));
    InputRange range;
    try (SourceRun run = text()) {
      range = run.plan().orElseThrow();
      assertThat(run.rows(range)).containsExactlyElementsOf(names);
    }
    try (SourceRun run = text()) {
      run.source().restore(range);
      assertThat(run.plan()).isEmpty();
      assertThat(run.rows(range)).containsExactlyElementsOf(names);
    }
  }

  @Test
  void nameThatIsNoTextIsJournaledAsUri() {
    Path base = Path.of("/in");
    Path file = Path.of("/in/x\uFFFD.json");
    String name = FileName.of(base, file);
    assertThat(name).startsWith("file:///in/x%");
    assertThat(FileName.resolve(base, name)).isEqualTo(file);
  }

  @Test
  void missingDirectoryIsAnErrorBeforeTheStart() {
    Path gone = directory.resolve("gone");
    try (SourceRun run = new SourceRun(new TextSourceProvider(), gone)) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessage("source readings (text): path " + gone + " does not exist");
    }
    try (SourceRun run = new SourceRun(new TextSourceProvider(), gone + "/*.txt")) {
      assertThatThrownBy(run::source).hasMessageContaining("(" + gone + ") does not exist");
    }
    try (SourceRun run = new SourceRun(new TextSourceProvider(), directory + "/*.txt")) {
      assertThat(run.plan()).isEmpty();
    }
    try (SourceRun run = new SourceRun(new TextSourceProvider(), directory + "/*.txt").asStatic()) {
      assertThatThrownBy(run::source).hasMessageContaining("does not match any file");
    }
  }

  @Test
  void wrongOptionsAreErrors() {
    try (SourceRun run = text().option("maxFilesPerTriger", 1)) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(
              "unknown option maxFilesPerTriger; did you mean maxFilesPerTrigger");
    }
    try (SourceRun run = text().option("maxFilesPerTrigger", 0)) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("maxFilesPerTrigger is 0, it must be 1 to");
    }
  }

  @Test
  void unknownCompressionIsAnError() {
    files.file("a.json.zst", "x");
    try (SourceRun run = text()) {
      assertThatThrownBy(run::plan)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("a.json.zst: files that end in .zst cannot be read");
    }
  }

  @Test
  void damagedRangeIsAnError() {
    assertThatThrownBy(() -> PlannedFiles.read("[[\"a\",1]]"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no list of files");
    assertThatThrownBy(() -> LogOffset.parse("{\"offset\":1}")).hasMessageContaining("logOffset");
  }

  @Test
  void hundredThousandSeenFilesAreListedWithOneLookUpEach() {
    FakeDirectory storage = new FakeDirectory(directory, 100_000);
    try (SourceRun run = text().storage(storage)) {
      assertThat(run.planNames()).hasSize(100_000);
      assertThat(run.plan()).isEmpty();
      assertThat(storage.lists).isEqualTo(2);
      assertThat(storage.entries).as("looks at single files").isLessThan(10);
    }
  }
}
