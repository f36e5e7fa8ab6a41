package io.millrace.perf.bench;

import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.latency.LatencyMeasurement;
import io.millrace.perf.latency.PeerRuns;
import io.millrace.perf.report.LatencyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench latency}. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description =
        "Measures from the moment at which a row was to be sent to its callback, and writes a report.")
@SuppressWarnings("SystemOut") // a command line
final class MeasureLatency implements Callable<Integer> {
  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "ENGINE",
      description =
          "Engines beside Millrace: flink, jet, spark. The first time they are fetched from Maven Central.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "ROWS",
      defaultValue = "1000,10000,100000,1000000",
      description =
          "Rows per second of the filter (L1); state (L3) is measured at those from 10000 to 100000, windows (L2)"
              + " always at 10000. Default: ${DEFAULT-VALUE}.")
  private List<Long> rates;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Programs for each measurement; 0: the long run alone. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Of each program before anything counts. Default: ${DEFAULT-VALUE}.")
  private double warmUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Of each measurement. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--window-seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Of each measurement of windows, one a second. Default: ${DEFAULT-VALUE}.")
  private double windowSeconds;

  @Option(
      names = "--steady-seconds",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Of the long run; 0: none. Default: ${DEFAULT-VALUE}.")
  private double steadySeconds;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "For the report; default: perf-reports/<day>-<commit>-latency.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Settings settings =
        new Settings(rates, peers, runs, warmUpSeconds, seconds, windowSeconds, steadySeconds);
    check();
    Path home = BenchMain.home();
    Peers.build(home, peers);
    LatencyMeasurement measurement =
        new LatencyMeasurement(
            settings, home, BenchMain.work(), home.resolve("perf-reports/target/peers"));
    LatencyFigures figures = measurement.run();
    Path folder =
        output == null ? BenchMain.report(figures.date(), figures.commit(), "latency") : output;
    LatencyReport.write(folder, figures, measurement.distributions());
    System.out.println(folder);
    return 0;
  }

  private void check() {
    for (String peer : peers) {
      require(
          PeerRuns.ENGINES.contains(peer),
          "--peers: " + peer + " is none of " + String.join(", ", PeerRuns.ENGINES));
    }
    require(rates.stream().allMatch(rate -> rate > 0), "--rates: all must be above 0");
    require(runs >= 0, "--runs: must not be below 0");
    require(warmUpSeconds >= 0, "--warm-up: must not be below 0");
    require(seconds > 0, "--seconds: must be above 0");
    require(windowSeconds >= 2, "--window-seconds: must be at least 2, so that a window ends");
    require(steadySeconds >= 0, "--steady-seconds: must not be below 0");
    require(
        runs > 0 || steadySeconds > 0,
        "--runs 0 leaves the long run alone, and --steady-seconds 0 leaves that out too");
  }

  private void require(boolean fine, String problem) {
    BenchMain.require(spec, fine, problem);
  }
}
