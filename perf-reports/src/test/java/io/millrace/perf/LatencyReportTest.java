package io.millrace.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.latency.LatencyMeasurement;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.report.ReportFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole report in little time, without other engines. */
class LatencyReportTest {
  private static final Settings LITTLE = new Settings(1, 0.2, 0.3, 2, 0.5);

  @TempDir private Path folder;

  @Test
  void reportHoldsAllFiguresOfARun() {
    LatencyFigures figures = new LatencyMeasurement(LITTLE, folder, folder, null).run();
    Path report = ReportFolder.write(folder.resolve("reports"), figures);

    LatencyFigures read = JsonFile.read(report.resolve("latency.json"), LatencyFigures.class);
    assertThat(read).isEqualTo(figures);
    assertThat(read.hops()).hasSize(4).allMatch(hop -> hop.latency().p50() > 0);
    assertThat(read.latencies())
        .hasSize(16)
        .allMatch(run -> run.latency().count() > 0)
        .allMatch(run -> run.jitter().count() == (long) (run.rowsPerSecond() * 0.3));
    assertThat(read.windows()).hasSize(3).allMatch(run -> run.latency().count() > 0);
    assertThat(read.rates()).hasSize(3).allMatch(run -> run.rowsPerSecond() > 0);
    assertThat(read.steady()).hasSize(1);
    assertThat(report.resolve("latency.md"))
        .content()
        .contains("filter, no checkpoint, yield", "row by row journaled", "parked and idle")
        .doesNotContain("NaN", "Infinity");
  }
}
