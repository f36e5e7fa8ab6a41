package io.millrace.perf.bench;

import io.millrace.benchmarks.data.Arrival;
import io.millrace.perf.bench.ScaleFigures.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench scale}. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description =
        "Measures windows of a minute while readings, devices, threads or queries grow, and writes a report.")
@SuppressWarnings("SystemOut") // a command line
final class MeasureScale implements Callable<Integer> {
  private static final List<Integer> DEVICES = List.of(100, Arrival.DEVICES, 1_000_000);
  private static final List<Integer> THREADS = List.of(1, 2);
  private static final List<Integer> QUERIES = List.of(1, 10, 100);

  /** So that windows are over in the smallest part. */
  private static final long LEAST_ROWS = 800_000;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "ENGINE",
      description =
          "Engines beside Millrace: flink, jet, spark, duckdb. The first time they are fetched from"
              + " Maven Central.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--rows",
      defaultValue = "8000000",
      description = "The most readings, 800000 at least. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Programs for each engine and size. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Mixin private PassOptions passes;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "For the report; default: perf-reports/<day>-<commit>-scale.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    BenchMain.require(spec, rows >= LEAST_ROWS, "--rows must be at least " + LEAST_ROWS);
    BenchMain.require(spec, runs > 0, "--runs must be above 0");
    Settings settings =
        new Settings(
            new Size(rows, Arrival.DEVICES, THREADS.getLast(), QUERIES.getFirst()),
            List.of(rows / 8, rows / 4, rows / 2, rows),
            DEVICES,
            THREADS,
            QUERIES,
            runs,
            passes.chosen(),
            BenchMain.engines(peers, spec));
    Peers.build(BenchMain.home(), peers);
    Path built = BenchMain.home().resolve("perf-reports/target/peers");
    ScaleFigures figures = new Scale(settings, BenchMain.home(), BenchMain.work(), built).run();
    Path folder =
        output == null ? BenchMain.report(figures.date(), figures.commit(), "scale") : output;
    ScaleReport.write(folder, figures);
    System.out.println(folder);
    return 0;
  }
}
