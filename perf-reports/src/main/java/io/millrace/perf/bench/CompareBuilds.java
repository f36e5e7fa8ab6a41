package io.millrace.perf.bench;

import io.millrace.benchmarks.EngineFlags;
import io.millrace.perf.bench.BenchFigures.Measured;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.process.PeerJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  @Parameters(index = "0", paramLabel = "A", description = "A commit, the one before.")
  private String before;

  @Parameters(index = "1", paramLabel = "B", description = "A commit, the one after.")
  private String after;

  @Option(
      names = "--workload",
      defaultValue = "W1",
      description = "As bench list names it. Default: ${DEFAULT-VALUE}.")
  private String workload;

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

  @Override
  public Integer call() throws Exception {
    Workload chosen = Workload.of(workload);
    BenchData data = BenchData.in(BenchMain.work(), chosen.rows(rows), false, false);
    List<Double> ratios = new ArrayList<>();
    try {
      String oldClasses = build(before);
      String newClasses = build(after);
      for (int i = 0; i < pairs; i++) {
        boolean turned = i % 2 == 1;
        double first = seconds(turned ? newClasses : oldClasses, chosen, data);
        double second = seconds(turned ? oldClasses : newClasses, chosen, data);
        double ratio = turned ? second / first : first / second;
        ratios.add(ratio);
        System.err.printf("pair %d: %.3f%n", i + 1, ratio);
      }
    } finally {
      remove(before);
      remove(after);
    }
    Interval interval = Interval.ofMedian(ratios);
    System.out.printf(
        "%s: %s is %.3f times as fast as %s (%.3f to %.3f, %.1f %% sure; %d pairs)%n",
        chosen.id(),
        after,
        interval.median(),
        before,
        interval.low(),
        interval.high(),
        100 * interval.confidence(),
        pairs);
    return interval.high() < 1 ? 1 : 0;
  }

  /**
   * The median of some values, and where the true one lies, whatever their distribution.
   *
   * @param confidence that it lies there
   */
  record Interval(double median, double low, double high, double confidence) {
    private static final double WANTED = 0.95;

    /**
     * @throws IllegalArgumentException if there are fewer than 6
     */
    static Interval ofMedian(List<Double> values) {
      int count = values.size();
      if (count < 6) {
        throw new IllegalArgumentException("an interval needs 6 pairs, there are " + count);
      }
      List<Double> sorted = new ArrayList<>(values);
      Collections.sort(sorted);
      // All but the outermost cut pairs of values: it misses as often as a coin falls that way.
      int cut = 0;
      double missed = 2 * Math.pow(0.5, count);
      double ways = 1;
      double next = missed;
      while (1 - next >= WANTED) {
        missed = next;
        cut++;
        ways = ways * (count - cut + 1) / cut;
        next = missed + 2 * ways * Math.pow(0.5, count);
      }
      double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
      int low = Math.max(0, cut - 1);
      return new Interval(median, sorted.get(low), sorted.get(count - 1 - low), 1 - missed);
    }
  }

  /** Builds a commit in a worktree of its own; gives its class path. */
  private static String build(String commit) throws IOException, InterruptedException {
    Path folder = worktree(commit);
    if (!Files.exists(folder)) {
      run(
          BenchMain.home(),
          List.of("git", "worktree", "add", "--detach", folder.toString(), commit));
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
    return target.resolve("perf-reports-0.1.0-SNAPSHOT.jar")
        + java.io.File.pathSeparator
        + Files.readString(target.resolve("class-path.txt")).strip();
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

  private double seconds(String classPath, Workload chosen, BenchData data)
      throws IOException, InterruptedException {
    Path place = Folder.fresh(BenchMain.work().resolve("job"));
    Path result = place.resolve("figures.json");
    Path log = BenchMain.work().resolve("compare.log");
    List<String> command = new ArrayList<>(List.of(ChildJvm.java().toString()));
    command.addAll(EngineFlags.list());
    command.addAll(EngineFlags.LAUNCHER);
    command.addAll(List.of("-cp", classPath, Engine.MILLRACE.program()));
    command.addAll(Program.words(chosen, "default", data, place, result, 2, passes));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
    if (!Files.exists(result)) {
      throw new IllegalStateException(PeerJvm.failure(log));
    }
    double seconds = JsonFile.read(result, Measured.class).passes().getLast().seconds();
    Folder.delete(place);
    return seconds;
  }
}
