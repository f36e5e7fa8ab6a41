package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Settings;
import io.millrace.perf.machine.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks, as {@code ./millrace bench} runs it. */
@Command(
    name = "millrace bench",
    mixinStandardHelpOptions = true,
    description = "Runs the same workloads on Millrace and on other engines.",
    subcommands = {
      BenchMain.ListWorkloads.class,
      BenchMain.Run.class,
      MeasureLatency.class,
      MeasureScale.class,
      MeasureIdle.class,
      MeasureProfile.class,
      CompareBuilds.class
    })
@SuppressWarnings("SystemOut") // a command line
public final class BenchMain implements Runnable {
  private BenchMain() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new BenchMain());
    line.setExecutionExceptionHandler(
        (error, command, result) -> {
          command.getErr().println("millrace bench: " + error.getMessage());
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** The checkout. */
  static Path home() {
    return Path.of(System.getProperty("millrace.home", ".")).toAbsolutePath().normalize();
  }

  /** Where data and logs are kept. */
  static Path work() throws IOException {
    return Files.createDirectories(home().resolve("perf-reports/target/measure"));
  }

  /** The folder of a report unless another one is asked for. */
  static Path report(String date, Commit commit, String kind) {
    String day = date.substring(0, "yyyy-MM-dd".length());
    return home().resolve("perf-reports").resolve(day + "-" + commit.id() + "-" + kind);
  }

  /** Millrace and the peers. */
  static List<String> engines(List<String> peers, CommandSpec spec) {
    List<String> engines = new ArrayList<>(List.of(Engine.MILLRACE.id()));
    try {
      peers.stream().map(Engine::of).map(Engine::id).forEach(engines::add);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return engines.stream().distinct().toList();
  }

  /**
   * Refuses a command line.
   *
   * @param fine unless it is so
   */
  static void require(CommandSpec spec, boolean fine, String problem) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists workloads, engines and commands, and what is missing.")
  static final class ListWorkloads implements Runnable {
    @Spec private CommandSpec spec;
    private static final List<String> LATENCIES =
        List.of(
            "L1                 latency of a filter, to the callback: bench latency",
            "L2                 latency of a window's result after its end: bench latency",
            "L3                 latency of a result per row, with state and checkpoints: bench latency");

    @Override
    public void run() {
      for (Workload workload : Workload.values()) {
        System.out.println(String.format(Locale.ROOT, "%-18s %s", workload.id(), workload.title()));
      }
      LATENCIES.forEach(System.out::println);
      System.out.println(
          "engines: "
              + Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(", ")));
      spec.parent().subcommands().forEach(ListWorkloads::describe);
      Workload.MISSING.forEach(line -> System.out.println("missing: " + line));
    }

    private static void describe(String name, CommandLine command) {
      String[] description = command.getCommandSpec().usageMessage().description();
      System.out.println("bench " + name + ": " + String.join(" ", description));
    }
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Measures workloads and writes a report.")
  static final class Run implements Callable<Integer> {
    @Parameters(
        arity = "1..*",
        split = ",",
        paramLabel = "WORKLOAD",
        description = "As bench list names them, or all.")
    private List<String> workloads = new ArrayList<>();

    @Option(
        names = "--peers",
        split = ",",
        paramLabel = "ENGINE",
        description =
            "Engines beside Millrace: spark, flink, jet, duckdb. The first time they are fetched from"
                + " Maven Central.")
    private List<String> peers = new ArrayList<>();

    @Option(
        names = "--rows",
        defaultValue = "10000000",
        description = "Readings; workloads with windows take a part. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
        names = "--runs",
        defaultValue = "3",
        description = "Programs for each engine and workload. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Mixin private PassOptions passes;

    @Option(
        names = "--parallelism",
        defaultValue = "2",
        description = "Threads of each engine. Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Option(names = "--shuffled", description = "Fields change their order from line to line.")
    private boolean shuffled;

    @Option(names = "--zipf", description = "Some devices send much more than others.")
    private boolean zipf;

    @Option(
        names = "--output",
        paramLabel = "FOLDER",
        description = "For the report; default: perf-reports/<day>-<commit>-side-by-side.")
    private Path output;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      require(spec, rows > 0, "--rows must be above 0");
      require(spec, runs > 0, "--runs must be above 0");
      require(spec, parallelism > 0, "--parallelism must be above 0");
      Settings settings =
          new Settings(
              rows,
              runs,
              passes.chosen(),
              parallelism,
              shuffled,
              zipf,
              workloads(),
              engines(peers, spec));
      Peers.build(home(), peers);
      Path built = home().resolve("perf-reports/target/peers");
      BenchFigures figures = new SideBySide(settings, home(), work(), built).run();
      Path folder =
          output == null ? report(figures.date(), figures.commit(), "side-by-side") : output;
      BenchReport.write(folder, figures);
      System.out.println(folder);
      return 0;
    }

    private List<String> workloads() {
      if (workloads.equals(List.of("all"))) {
        return Arrays.stream(Workload.values()).map(Workload::id).toList();
      }
      try {
        return workloads.stream().map(Workload::of).map(Workload::id).toList();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
  }
}
