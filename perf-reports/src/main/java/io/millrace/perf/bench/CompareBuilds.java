package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs two builds of Millrace in turns, so that whatever the machine does meanwhile befalls both,
 * and says how many times as fast the second one is.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Runs two commits in turns and says how many times as fast the second one is.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:not slower, as far as one can tell", "1:slower"})
@SuppressWarnings("SystemOut") // a command line
final class CompareBuilds implements Callable<Integer> {
  private static final int PARALLELISM = 2;

  @Parameters(index = "0", paramLabel = "A", description = "A commit, the one before.")
  private String before;

  @Parameters(index = "1", paramLabel = "B", description = "A commit, the one after.")
  private String after;

  @Option(
      names = "--workload",
      converter = WorkloadName.class,
      defaultValue = "W1",
      description = "As bench list names it. Default: ${DEFAULT-VALUE}.")
  private Workload workload;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "As for bench run. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--pairs",
      defaultValue = "10",
      description = "How often each is run, at least 6. Default: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--passes",
      defaultValue = "3",
      description = "Passes in each program, the last one counts. Default: ${DEFAULT-VALUE}.")
  private int passes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    BenchMain.require(
        spec, pairs >= Interval.LEAST_VALUES, "--pairs must be at least " + Interval.LEAST_VALUES);
    BenchData data = BenchData.in(BenchMain.work(), workload.rows(rows), false, false);
    List<Double> ratios = new ArrayList<>();
    try {
      Program old = program(before);
      Program young = program(after);
      for (int i = 0; i < pairs; i++) {
        boolean turned = i % 2 == 1;
        double first = seconds(turned ? young : old, data);
        double second = seconds(turned ? old : young, data);
        double ratio = turned ? second / first : first / second;
        ratios.add(ratio);
        System.err.println(String.format(Locale.ROOT, "pair %d: %.3f", i + 1, ratio));
      }
    } finally {
      remove(before);
      remove(after);
    }
    Interval interval = Interval.ofMedian(ratios);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %s is %.3f times as fast as %s (%.3f to %.3f, %.1f %% sure; %d pairs)",
            workload.id(),
            after,
            interval.median(),
            before,
            interval.low(),
            interval.high(),
            100 * interval.confidence(),
            pairs));
    return interval.high() < 1 ? 1 : 0;
  }

  /** Builds a commit in a worktree of its own. */
  private static Program program(String commit) throws IOException, InterruptedException {
    Path folder = worktree(commit);
    if (!Files.exists(folder)) {
      run(
          BenchMain.home(),
          List.of("git", "worktree", "add", "--detach", folder.toString(), commit));
    }
    if (!Files.exists(folder.resolve("perf-reports/src/main/java/io/millrace/perf/bench"))) {
      throw new IllegalStateException(commit + " is older than these benchmarks");
    }
    run(
        folder,
        List.of(
            "mvn",
            "-B",
            "-q",
            "-Pbench",
            "-DskipTests",
            "-Dspotless.check.skip",
            "package",
            "-pl",
            "perf-reports",
            "-am"));
    Path target = folder.resolve("perf-reports/target");
    String classPath =
        target.resolve("perf-reports-0.1.0-SNAPSHOT.jar")
            + File.pathSeparator
            + Files.readString(target.resolve("class-path.txt")).strip();
    return new Program(BenchMain.work(), folder, classPath, PARALLELISM);
  }

  private static Path worktree(String commit) throws IOException {
    return BenchMain.work().resolve("build-" + commit.replace('/', '-'));
  }

  private static void remove(String commit) throws IOException, InterruptedException {
    Path folder = worktree(commit);
    if (Files.exists(folder)) {
      run(BenchMain.home(), List.of("git", "worktree", "remove", "--force", folder.toString()));
    }
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed, see above");
    }
  }

  private double seconds(Program program, BenchData data) {
    Run run = program.run(Entrant.MILLRACE, workload, data, Passes.of(passes));
    if (run.measured() == null) {
      throw new IllegalStateException(run.problem());
    }
    return run.last().seconds();
  }
}
