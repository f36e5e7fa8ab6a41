package io.millrace.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.EngineFlags;
import io.millrace.benchmarks.data.Answer;
import io.millrace.gateway.Main;
import io.millrace.perf.alerts.AlertsFigures;
import io.millrace.perf.alerts.AlertsFigures.OrderFigures;
import io.millrace.perf.alerts.AlertsFigures.Settings;
import io.millrace.perf.alerts.AlertsMeasurement;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.report.ReportFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole report on little data; every process checks its own answer. */
class AlertsReportTest {
  private static final Settings LITTLE = new Settings(10_000, 4, 0.2, 1, 1, 1, 1);

  @TempDir private Path folder;

  /** The program without the launcher, which would build it. */
  private static List<String> millrace() {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.java().toString());
    command.addAll(EngineFlags.list());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }

  @Test
  void reportHoldsAllFiguresOfARun() {
    AlertsFigures figures = new AlertsMeasurement(LITTLE, millrace(), folder, folder).run();
    Path report = ReportFolder.write(folder.resolve("reports"), figures);

    AlertsFigures read = JsonFile.read(report.resolve("alerts.json"), AlertsFigures.class);
    assertThat(read).isEqualTo(figures);
    assertThat(read.limits()).hasSize(2);
    assertThat(read.limits().getFirst().memoryAllThreads()).isPositive();
    assertThat(read.limits().getFirst().fileRead()).isPositive();
    assertThat(read.startUps()).singleElement().matches(run -> run.peakResidentBytes() > 0);
    assertThat(read.orders()).hasSize(2);
    for (OrderFigures order : read.orders()) {
      assertThat(order.cold().getFirst().answer().rows()).isEqualTo(LITTLE.rows());
      assertThat(order.cold().getFirst().answer().alerts()).isBetween(400L, 600L);
      assertThat(order.steady().getFirst().rows()).isPositive();
      assertThat(order.steady().getFirst().seconds()).isGreaterThanOrEqualTo(LITTLE.seconds());
      assertThat(order.steady().getFirst().use().cpuSeconds()).isPositive();
    }
    assertThat(report.resolve("README.md"))
        .content()
        .contains(
            "-Dmeasure.rows=10000 ",
            "stable, steady, million rows/s",
            "shuffled, cold",
            "`millrace run`",
            "limit:")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void wrongAnswerIsRefused() {
    Answer expected = new Answer(10, 1, 99);

    assertThatThrownBy(() -> expected.requireSame(new Answer(10, 1, 98)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("checksum=98");
  }
}
