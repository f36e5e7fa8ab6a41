package io.millrace.connectors.files.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.Fixture;
import io.millrace.connectors.files.SourceRun;
import io.millrace.spi.InputRange;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSourceTest {
  private static final String SCHEMA = "id STRING, temperature DOUBLE";

  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  private SourceRun json() {
    return new SourceRun(new JsonSourceProvider(), directory).schema(SCHEMA);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(SourceProvider.class).stream().map(p -> p.get().format()))
        .contains("json", "text");
  }

  @Test
  void markAtEachFilesStartCrlfAndEmptyLinesAreNoRows() {
    files.file("a", "\uFEFF{\"id\":\"a\",\"temperature\":1}\r\n\r\n  \n{\"id\":\"b\"}");
    files.file("b", "\uFEFF{\"temperature\":2.5,\"id\":\"c\"}\n\n");
    try (SourceRun run = json()) {
      assertThat(run.rows()).containsExactly("a|1.0", "b|null", "c|2.5");
      assertThat(run.rejects).isEmpty();
      assertThat(run.recordsRead).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 1 << 20})
  void corruptLinesAreRejectedWithFileOffsetReasonAndBytes(int chunkBytes) {
    files.file("a", "{\"id\":\"a\"}\n{\"id\":\n{\"id\":\"b\"}\nnonsense\n");
    try (SourceRun run = json().option("chunkBytes", chunkBytes).option("mode", "DROPMALFORMED")) {
      assertThat(run.rows()).containsExactly("a|null", "b|null");
      assertThat(run.rejects).hasSize(2);
      assertThat(run.rejects.get(0)).startsWith(directory + "/a@11 ").endsWith(": {\"id\":");
      assertThat(run.rejects.get(1)).startsWith(directory + "/a@29 ").endsWith(": nonsense");
      assertThat(run.recordsRead).isEqualTo(4);
    }
  }

  @Test
  void lineThatGivesNoRowIsARecordAllTheSame() {
    files.file("a", "{\"id\":\"a\"}\n{\"temperature\":1}\nnonsense\n{\"id\":\"b\"}\n");
    try (SourceRun run = json().schema("id STRING NOT NULL")) {
      assertThat(run.rows()).containsExactly("a", "b");
      assertThat(run.rejects).hasSize(2);
      assertThat(run.recordsRead).isEqualTo(4);
    }
  }

  @Test
  void rowsAreCountedWhenNoColumnIsNeeded() {
    files.file("a", "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n");
    try (SourceRun run = json().withoutColumns()) {
      assertThat(run.rows()).containsExactly("", "");
      assertThat(run.recordsRead).isEqualTo(2);
    }
  }

  @Test
  void permissiveModeKeepsTheCorruptLine() {
    files.file("a", "{\"id\":\"a\"}\nnonsense\n");
    try (SourceRun run = json().schema(SCHEMA + ", _corrupt_record STRING")) {
      assertThat(run.rows()).containsExactly("a|null|null", "null|null|nonsense");
      assertThat(run.recordsRead).isEqualTo(2);
    }
    try (SourceRun run =
        json().schema(SCHEMA + ", bad STRING").option("columnNameOfCorruptRecord", "bad")) {
      assertThat(run.rows()).containsExactly("a|null|null", "null|null|nonsense");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 1 << 20})
  void failFastNamesFileLineAndReason(int chunkBytes) {
    Path file = files.file("a b.json", "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n{\"id\":\"c\",}\n");
    try (SourceRun run = json().option("mode", "failfast").option("chunkBytes", chunkBytes)) {
      InputRange range = run.plan().orElseThrow();
      assertThatThrownBy(() -> run.rows(range))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
          .hasMessageStartingWith("source readings (json): " + file + ", line 4: ")
          .hasMessageNotContainingAny("line 1:", "line 2:", "line 3:");
    }
  }

  @Test
  void tooLongLineIsOneRejectAndTheNextLineIsRight() {
    String start = "{\"id\":\"";
    files.file("a", start + "x".repeat(1000) + "\"}\n{\"id\":\"b\"}\n");
    try (SourceRun run = json().option("maxLineBytes", 100)) {
      assertThat(run.rows()).containsExactly("b|null");
      assertThat(run.rejects).hasSize(1);
      assertThat(run.rejects.getFirst()).contains("@0 line is longer").contains(start + "xx");
      assertThat(run.recordsRead).isEqualTo(2);
    }
    try (SourceRun run = json().option("maxLineBytes", 100).option("mode", "FAILFAST")) {
      InputRange range = run.plan().orElseThrow();
      assertThatThrownBy(() -> run.rows(range)).hasMessageContaining("line 1: line is longer");
    }
  }

  @Test
  void twentyMegabyteLineIsARow() {
    String id = "x".repeat(20 << 20);
    files.file("a", "{\"id\":\"a\"}\n{\"id\":\"" + id + "\"}\n{\"id\":\"b\"}\n");
    try (SourceRun run = json()) {
      List<String> rows = run.rows();
      assertThat(rows).hasSize(3);
      assertThat(rows.get(1).length()).isEqualTo(id.length() + "|null".length());
      assertThat(rows.get(2)).isEqualTo("b|null");
    }
  }

  @Test
  void streamNeedsASchemaAndStaticReadFindsOne() {
    files.file("a", "{\"z\":1,\"a\":\"x\",\"n\":null,\"d\":1}\n");
    files.file("b", "{\"z\":2,\"d\":1.5,\"o\":{\"x\":[1]},\"t\":true,\"m\":1}\n\n");
    files.file("c", "{\"m\":\"text\",\"big\":18446744073709551615,\"ts\":\"2025-10-10\"}\n");
    try (SourceRun run = new SourceRun(new JsonSourceProvider(), directory)) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageStartingWith("source readings (json): a streaming source needs its schema");
    }
    try (SourceRun run = new SourceRun(new JsonSourceProvider(), directory).asStatic()) {
      assertThat(run.schema().sql())
          .isEqualTo(
              "a STRING, big DOUBLE, d DOUBLE, m STRING, n STRING, o STRING, t BOOLEAN, ts STRING,"
                  + " z BIGINT");
      assertThat(run.rows().getFirst()).isEqualTo("x|null|1.0|null|null|null|null|null|1");
    }
  }

  @Test
  void corruptLineInTheSampleAddsTheColumnForIt() {
    files.file("a", "{\"z\":1}\n[1]\n");
    try (SourceRun run = new SourceRun(new JsonSourceProvider(), directory).asStatic()) {
      assertThat(run.schema().sql()).isEqualTo("_corrupt_record STRING, z BIGINT");
      assertThat(run.rows()).containsExactly("null|1", "[1]|null");
    }
  }

  @Test
  void nothingToFindASchemaInIsAnError() {
    try (SourceRun run = new SourceRun(new JsonSourceProvider(), directory).asStatic()) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("no schema was given and none can be found in the 0 files");
    }
  }

  @Test
  void wrongOptionsAreRefusedByName() {
    try (SourceRun run = json().option("multiLine", true)) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("option multiLine is true");
    }
    try (SourceRun run = json().option("mode", "lenient")) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("source readings (json): option mode");
    }
    try (SourceRun run = json().schema("id STRING, _corrupt_record INT")) {
      assertThatThrownBy(run::source)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("_corrupt_record");
    }
  }
}
