package io.millrace.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.latency.LatencyMeasurement;
import io.millrace.perf.pace.HistogramLog;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.report.LatencyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The whole report in little time, without other engines. */
class MeasureLatencyTest {
  private static final Settings LITTLE =
      new Settings(List.of(10_000L), List.of(), 1, 0.2, 0.3, 2, 0.5);

  @TempDir private Path folder;

  @Test
  void reportHoldsAllFiguresOfARun() throws IOException {
    LatencyMeasurement measurement = new LatencyMeasurement(LITTLE, folder, folder, null);
    LatencyFigures figures = measurement.run();
    Path report = folder.resolve("report");
    LatencyReport.write(report, figures, measurement.distributions());

    LatencyFigures read = JsonFile.read(report.resolve("latency.json"), LatencyFigures.class);
    assertThat(read).isEqualTo(figures);
    assertThat(read.hops()).hasSize(2).allMatch(hop -> hop.latency().p50() > 0);
    assertThat(read.latencies())
        .hasSize(8)
        .allMatch(run -> run.latency().count() == run.jitter().count() / 2)
        .allMatch(run -> run.latency().p90() >= run.latency().p50())
        .allMatch(run -> run.jitter().count() == (long) (run.rowsPerSecond() * 0.3));
    assertThat(read.windows()).hasSize(3).allMatch(run -> run.latency().count() > 0);
    assertThat(read.rates()).hasSize(3).allMatch(run -> run.rowsPerSecond() > 0);
    assertThat(read.steady()).hasSize(1);
    read.latencies()
        .forEach(
            run ->
                assertThat(HistogramLog.read(report.resolve("hdr/" + run.id() + "-latency.hlog")))
                    .singleElement()
                    .matches(ns -> ns.getTotalCount() == run.latency().count()));
    assertThat(report.resolve("README.md"))
        .content()
        .contains("millrace, yield", "row by row journaled", "parked and idle", "filter-10000.png")
        .doesNotContain("NaN", "Infinity");
    assertThat(report.resolve("index.html"))
        .content()
        .contains("<table>", "<svg")
        .doesNotContain("<img");
    assertThat(Files.size(report.resolve("index.html"))).isLessThan(1_000_000);
    assertThat(report).isDirectoryContaining(file -> file.endsWith("window-10000.png"));
  }

  @Test
  void stateIsKeptAtSomeRates() {
    Settings settings =
        new Settings(List.of(1_000L, 10_000L, 100_000L, 1_000_000L), List.of(), 1, 1, 1, 2, 0);
    assertThat(settings.statefulRates()).containsExactly(10_000L, 100_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--peers duckdb; flink, jet, spark",
        "--rates 0; --rates",
        "--runs -1; --runs",
        "--seconds 0; --seconds",
        "--window-seconds 1; at least 2",
        "--runs 0 --steady-seconds 0; leaves that out too"
      })
  void whatCannotBeMeasuredIsRefused(String options, String problem) {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new MeasureLatency()).setErr(new PrintWriter(said, true));
    assertThat(line.execute(options.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains(problem);
  }
}
