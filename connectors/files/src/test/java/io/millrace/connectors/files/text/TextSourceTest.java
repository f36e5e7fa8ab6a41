package io.millrace.connectors.files.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.Fixture;
import io.millrace.connectors.files.SourceRun;
import io.millrace.types.AnalysisException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
  @TempDir Path directory;

  private SourceRun text() {
    return new SourceRun(new TextSourceProvider(), directory);
  }

  @Test
  void everyLineIsARowOfTheColumnValue() {
    new Fixture(directory).file("a", "\uFEFFone\r\n\r\n\ntwo\rthree\nlast\r");
    try (SourceRun run = text()) {
      assertThat(run.schema().sql()).isEqualTo("value STRING");
      assertThat(run.rows()).containsExactly("one", "", "", "two\rthree", "last");
    }
  }

  @Test
  void byteOrderMarkStandsAtAFilesStartOnly() {
    new Fixture(directory).file("a", "one\n\uFEFFtwo\n");
    try (SourceRun run = text().option("chunkBytes", 4)) {
      assertThat(run.rows()).containsExactly("one", "\uFEFFtwo");
    }
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacementCharacters() {
    byte[] line = {'1', '2', '3', '4', '5', '6', '7', '8', 'a', (byte) 0xFF, 'b', '\n'};
    Fixture files = new Fixture(directory);
    files.file("a", line);
    files.file("b", "grün und über acht Zeichen lang ü\n".getBytes(StandardCharsets.UTF_8));
    try (SourceRun run = text()) {
      assertThat(run.rows())
          .containsExactly("12345678a\uFFFDb", "grün und über acht Zeichen lang ü");
    }
  }

  @Test
  void smallBlocksGiveTheSameRows() {
    new Fixture(directory).file("a", "line\n".repeat(1000));
    try (SourceRun run = text().blockRows(64)) {
      assertThat(run.rows()).hasSize(1000).containsOnly("line");
    }
  }

  @Test
  void otherSchemasAreRefused() {
    try (SourceRun run = text().schema("line STRING")) {
      assertThat(run.schema().names()).containsExactly("line");
    }
    try (SourceRun run = text().schema("value INT")) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("text files have one STRING column");
    }
  }
}
