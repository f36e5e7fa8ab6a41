package io.millrace.perf.bench;

import io.millrace.perf.bench.IdleFigures.Settings;
import io.millrace.perf.report.HtmlReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench idle}. */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description =
        "Measures what a query costs that watches an empty folder, and how long it takes to start.")
@SuppressWarnings("SystemOut") // a command line
final class MeasureIdle implements Callable<Integer> {
  private static final double SETTLE_SECONDS = 5;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "ENGINE",
      description =
          "Engines beside Millrace: flink, jet, spark. The first time they are fetched from Maven"
              + " Central.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Programs for each engine. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Of measuring, 5 s after the query runs. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "For the report; default: perf-reports/<day>-<commit>-idle.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<String> engines = BenchMain.engines(peers, spec);
    BenchMain.require(
        spec, !engines.contains(Engine.DUCKDB.id()), "duckdb has no queries that wait");
    BenchMain.require(spec, runs > 0, "--runs must be above 0");
    Peers.build(BenchMain.home(), peers);
    Path built = BenchMain.home().resolve("perf-reports/target/peers");
    Settings settings = new Settings(runs, SETTLE_SECONDS, seconds, engines);
    IdleFigures figures = new IdleCost(settings, BenchMain.home(), BenchMain.work(), built).run();
    Path folder =
        output == null ? BenchMain.report(figures.date(), figures.commit(), "idle") : output;
    HtmlReport.write(folder, "idle.json", figures, "Idle", IdlePage.of(figures), Map.of());
    System.out.println(folder);
    return 0;
  }
}
