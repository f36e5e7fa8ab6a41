package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.files.text.TextSourceProvider;
import io.millrace.spi.InputRange;
import io.millrace.types.AnalysisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file source still knows when the journal has forgotten its ranges. */
class SeenFilesTest {
  private static final long DAY = 86_400;

  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  private SourceRun text() {
    return new SourceRun(new TextSourceProvider(), directory);
  }

  private static List<InputRange> memory(SourceRun run, InputRange newest) {
    List<InputRange> memory = new ArrayList<>();
    run.source().memory(newest).forEachRemaining(memory::add);
    return memory;
  }

  private static List<String> names(List<InputRange> memory) {
    return memory.stream()
        .flatMap(piece -> PlannedFiles.read(piece.detail()).stream())
        .map(PlannedFile::name)
        .sorted()
        .toList();
  }

  /** A file that is that many days younger than the first. */
  private Path file(String name, long day) throws IOException {
    return Fixture.age(files.file(name, "x\n"), day * DAY);
  }

  @Test
  void aSourceThatRemembersGoesOnWhereItWas() {
    files.file("a", "1");
    InputRange newest;
    List<InputRange> memory;
    try (SourceRun run = text()) {
      run.plan();
      files.file("b", "2");
      newest = run.plan().orElseThrow();
      memory = memory(run, newest);
    }
    assertThat(memory).hasSize(1);
    files.file("c", "3");
    try (SourceRun run = text()) {
      memory.forEach(run.source()::restore);
      run.source().restore(newest); // may still stand in the journal
      InputRange next = run.plan().orElseThrow();
      assertThat(next.start()).isEqualTo("{\"logOffset\":1}");
      assertThat(next.end()).isEqualTo("{\"logOffset\":2}");
      assertThat(run.rows(next)).containsExactly("3");
      assertThat(memory(run, next)).hasSize(1);
      assertThat(names(memory(run, next))).containsExactly("a", "b", "c");
    }
  }

  @Test
  void manyFilesComeInPiecesWhileOthersArePlanned() {
    for (int i = 0; i < 2_000; i++) {
      files.file("file-number-" + i, "x");
    }
    List<InputRange> memory = new ArrayList<>();
    Set<String> plannedMeanwhile = new HashSet<>();
    try (SourceRun run = text()) {
      InputRange newest = run.plan().orElseThrow();
      Iterator<InputRange> pieces = run.source().memory(newest);
      for (int i = 0; pieces.hasNext(); i++) {
        memory.add(pieces.next());
        files.file("another-" + i, "x");
        plannedMeanwhile.addAll(run.planNames());
      }
    }
    assertThat(memory).hasSizeBetween(5, 20);
    assertThat(memory).allMatch(piece -> piece.detail().length() < 32 << 10);
    assertThat(plannedMeanwhile).hasSize(memory.size());
    try (SourceRun run = text()) {
      memory.forEach(run.source()::restore);
      assertThat(new HashSet<>(names(memory))).hasSize(names(memory).size());
      assertThat(plannedMeanwhile).containsAll(run.planNames());
      assertThat(run.plan()).isEmpty();
    }
  }

  @Test
  void aFileThatIsGoneAndOldIsForgotten() throws IOException {
    Path old = file("old", 0);
    Path young = file("young", 2);
    file("stays", 1);
    file("newest", 8);
    try (SourceRun run = text()) {
      InputRange newest = run.plan().orElseThrow();
      Files.delete(old);
      Files.delete(young);
      assertThat(names(memory(run, newest))).as("no listing since").hasSize(4);
      assertThat(run.plan()).isEmpty();
      assertThat(names(memory(run, newest))).containsExactly("newest", "stays", "young");
      file("old", 0);
      assertThat(run.planNames()).as("a forgotten file is new").containsExactly("old");
      file("young", 2);
      assertThat(run.plan()).isEmpty();
      assertThat(run.source().metrics()).containsEntry("changedFiles", 0L);
    }
  }

  @Test
  void maxFileAgeSaysHowOld() throws IOException {
    Path gone = file("gone", 0);
    file("stays", 8);
    for (String age : List.of("8 days", "7 days 23 hours")) {
      file("gone", 0);
      try (SourceRun run = text().option("maxFileAge", age)) {
        InputRange newest = run.plan().orElseThrow();
        Files.delete(gone);
        run.plan();
        assertThat(names(memory(run, newest))).hasSize(age.equals("8 days") ? 2 : 1);
      }
    }
  }

  @Test
  void anEmptyDirectoryForgetsNothing() throws IOException {
    Path old = file("old", 0);
    Path newer = file("newer", 100);
    try (SourceRun run = text()) {
      InputRange newest = run.plan().orElseThrow();
      Files.delete(old);
      Files.delete(newer);
      assertThat(run.plan()).isEmpty();
      assertThat(names(memory(run, newest))).containsExactly("newer", "old");
      file("unknown", 200);
      InputRange next = run.plan().orElseThrow();
      assertThat(names(memory(run, next)))
          .as("the listing showed no file that was known")
          .containsExactly("newer", "old", "unknown");
    }
  }

  @Test
  void wrongAgesAreErrors() {
    for (String age : List.of("-1 days", "seven")) {
      try (SourceRun run = text().option("maxFileAge", age)) {
        Assertions.assertThatThrownBy(run::source)
            .isInstanceOf(AnalysisException.class)
            .hasMessageContaining("maxFileAge");
      }
    }
  }
}
