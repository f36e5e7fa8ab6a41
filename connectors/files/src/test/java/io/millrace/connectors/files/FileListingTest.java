package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.text.TextSourceProvider;
import io.millrace.types.AnalysisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fill() {
    files = new Fixture(directory);
    files.file("in/z.json", "1");
    files.file("in/a.json", "2");
    files.file("in/b.csv", "3");
    files.file("in/.hidden.json", "no");
    files.file("in/_SUCCESS", "no");
    files.file("in/.git/x.json", "no");
    files.file("in/_millrace/x.json", "no");
    files.file("in/sub/x-1.json", "4");
    files.file("in/sub/deep/x-2.json", "5");
    files.file("in/sub/deep/x-33.json", "6");
  }

  @Test
  void directoryGivesItsFilesOldestFirst() {
    assertThat(found("in")).containsExactly("z.json", "a.json", "b.csv");
    assertThat(found("in/")).containsExactly("z.json", "a.json", "b.csv");
  }

  @Test
  void equalTimesAreOrderedByPath() throws IOException {
    for (String name : List.of("z.json", "a.json", "b.csv")) {
      Fixture.age(directory.resolve("in").resolve(name), 0);
    }
    assertThat(found("in")).containsExactly("a.json", "b.csv", "z.json");
  }

  @Test
  void recursiveLookupGoesIntoFolders() {
    assertThat(found("in", "recursiveFileLookup", "true"))
        .containsExactly(
            "z.json", "a.json", "b.csv", "sub/x-1.json", "sub/deep/x-2.json", "sub/deep/x-33.json");
  }

  @Test
  void nameFilterLooksAtTheFileNameAlone() {
    assertThat(found("in", "recursiveFileLookup", "true", "pathGlobFilter", "x-?.json"))
        .containsExactly("sub/x-1.json", "sub/deep/x-2.json");
  }

  @Test
  void singleFileIsReadEvenWhenItsNameIsHidden() {
    assertThat(found("in/a.json")).containsExactly("a.json");
    assertThat(found("in/.hidden.json")).containsExactly(".hidden.json");
  }

  @Test
  void globOfNames() {
    assertThat(found("in/*.json")).containsExactly("z.json", "a.json");
    assertThat(found("in/{a,b}.*")).containsExactly("a.json", "b.csv");
  }

  @Test
  void globThatMatchesFoldersReadsTheFilesInThem() {
    assertThat(found("i?")).containsExactly("in/z.json", "in/a.json", "in/b.csv");
    assertThat(found("in/s*/deep")).containsExactly("sub/deep/x-2.json", "sub/deep/x-33.json");
  }

  @Test
  void doubleStarStandsForAnyNumberOfFolders() {
    assertThat(found("in/**/x-?.json")).containsExactly("sub/x-1.json", "sub/deep/x-2.json");
    assertThat(found("in/**/z.json")).containsExactly("z.json");
    assertThat(found("in/**")).hasSize(6);
    assertThat(found("in/**/deep/**/*.json"))
        .containsExactly("sub/deep/x-2.json", "sub/deep/x-33.json");
    assertThat(found("in/**/**/*")).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void fileUriIsAPath() {
    assertThat(found("file://" + directory + "/in", "", "")).hasSize(3);
    assertThat(found("file:" + directory + "/in", "", "")).hasSize(3);
    assertThatThrownBy(() -> found("s3://bucket/in"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("s3://bucket/in is on s3; only local files");
  }

  @Test
  void partitionFoldersAreNotSilentlyPassedOver() {
    files.file("in/day=1/a.json", "7");
    assertThatThrownBy(() -> found("in"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("day=1 is a partition's folder");
    assertThat(found("in", "recursiveFileLookup", "true")).contains("day=1/a.json");
  }

  @Test
  void linksThatLeadNowhereAreLeftOut() throws IOException {
    Files.createSymbolicLink(directory.resolve("in/link.json"), directory.resolve("gone"));
    Files.createSymbolicLink(directory.resolve("in/copy.json"), directory.resolve("in/a.json"));
    assertThat(found("in")).contains("copy.json").doesNotContain("link.json");
  }

  private List<String> found(String path, String... options) {
    String place = path.contains(":") ? path : directory + "/" + path;
    try (SourceRun run = new SourceRun(new TextSourceProvider(), place)) {
      for (int i = 0; i + 1 < options.length; i += 2) {
        if (!options[i].isEmpty()) {
          run.option(options[i], options[i + 1]);
        }
      }
      return run.planNames();
    }
  }
}
