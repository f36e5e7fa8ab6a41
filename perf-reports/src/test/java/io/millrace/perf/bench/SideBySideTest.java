package io.millrace.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.perf.bench.BenchFigures.Measured;
import io.millrace.perf.bench.BenchFigures.Pass;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.bench.BenchFigures.Settings;
import io.millrace.perf.bench.BenchFigures.Sum;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads on few rows, without other engines; and how answers are compared. */
class SideBySideTest {
  @TempDir private Path folder;

  @Test
  void workloadsRunAndStandInTheReport() {
    List<String> workloads = List.of("W1-checkpoint", "W2-1m-memory", "W3", "W6", "W8");
    Settings settings =
        new Settings(
            40_000, 1, Passes.of(2), 2, false, true, workloads, List.of(Engine.MILLRACE.id()));
    BenchFigures figures = new SideBySide(settings, folder, folder, null).run();
    Path report = folder.resolve("report");
    BenchReport.write(report, figures);

    assertThat(JsonFile.read(report.resolve("bench.json"), BenchFigures.class)).isEqualTo(figures);
    assertThat(figures.runs())
        .hasSameSizeAs(workloads)
        .allMatch(run -> run.measured().passes().size() == 2)
        .allMatch(run -> run.last().answer().rows() > 0);
    assertThat(figures.runs())
        .filteredOn(run -> run.workload().equals(Workload.W8.id()))
        .isNotEmpty()
        .allMatch(run -> run.last().answer().rows() == run.rows());
    assertThat(report.resolve("README.md"))
        .content()
        .contains("windows of 1 minute by device", "millrace", "warm.png")
        .doesNotContain("NaN", "Infinity");
    assertThat(report.resolve("index.html"))
        .content()
        .contains("<table>", "<svg")
        .doesNotContain("<img");
    assertThat(report).isDirectoryContaining(file -> file.endsWith("warm.png"));
  }

  @Test
  void neitherMemoryNorACheckpointChangesARow() {
    Path expected = rows(Workload.W2_SECOND);
    assertThat(expected).isNotEmptyFile();
    for (Workload twin : List.of(Workload.W2_SECOND_MEMORY, Workload.W2_SECOND_CHECKPOINT)) {
      SameAnswer.require(twin.program(), "json", expected, twin.id(), rows(twin));
    }
  }

  /** What Millrace answers. */
  private Path rows(Workload workload) {
    BenchData data = BenchData.in(folder, 100_000, false, false);
    Path rows = folder.resolve(workload.id());
    Run run =
        Program.ofThisBuild(folder, null, 2).writeRows(Entrant.MILLRACE, workload, data, rows);
    assertThat(run.problem()).isNull();
    return rows;
  }

  private static Run run(String engine, long rows, long checksum, double sum) {
    ResourceUse use = new ResourceUse(1, 0, 0, 0);
    Pass pass = new Pass(1, 1, use, new Sum(rows, checksum, sum));
    return new Run("W1", engine, "default", 10, new Measured(List.of(pass), 1), null);
  }

  @ParameterizedTest
  @CsvSource({"6, 7, 1.5", "5, 8, 1.5", "5, 7, 1.500001"})
  void enginesThatDisagreeAreFound(long rows, long checksum, double sum) {
    Run one = run("millrace", 5, 7, 1.5);
    SameAnswer.require(List.of(one, run("flink", 5, 7, 1.5 + 1e-12)));
    assertThatThrownBy(() -> SameAnswer.require(List.of(one, run("flink", rows, checksum, sum))))
        .hasMessageContaining("millrace")
        .hasMessageContaining("flink");
  }

  @ParameterizedTest
  @CsvSource({"1 2 3.5, false", "1 2 3.4, true", "1 2, true", "1 2 3.5;7 7 7, true"})
  void rowsThatDifferAreFound(String others, boolean differ) throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "4 5 6\n1 2 3.5\n");
    Path other = folder.resolve("other");
    Files.writeString(other, others.replace(';', '\n') + "\n4 5 6.0000000000001\n");
    if (differ) {
      assertThatThrownBy(() -> SameAnswer.require("W2", "a", one, "b", other))
          .hasMessageStartingWith("W2, row ");
    } else {
      SameAnswer.require("W2", "a", one, "b", other);
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Workload.of("W99")).hasMessageContaining("W2-1s-checkpoint");
    assertThatThrownBy(() -> Engine.of("storm")).hasMessageContaining("duckdb");
  }
}
