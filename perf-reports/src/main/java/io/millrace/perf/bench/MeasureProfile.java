package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Pass;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.process.Folder;
import io.millrace.perf.profile.ProfilePage;
import io.millrace.perf.profile.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench profile}. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Says what Millrace's CPU time goes into in a workload.")
@SuppressWarnings("SystemOut") // a command line
final class MeasureProfile implements Callable<Integer> {
  private static final int PARALLELISM = 2;

  @Parameters(
      paramLabel = "WORKLOAD",
      converter = WorkloadName.class,
      description = "As bench list names it.")
  private Workload workload;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Readings; workloads with windows take a part. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--passes",
      defaultValue = "10",
      description =
          "Passes, 2 at least; all but the first are recorded. Default: ${DEFAULT-VALUE}.")
  private int passes;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Gets what is printed, as profile-WORKLOAD.md.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    BenchMain.require(spec, passes >= 2, "--passes must be at least 2");
    String page = profile(workload, workload.rows(rows), passes, BenchMain.work());
    System.out.print(page);
    if (output != null) {
      Files.createDirectories(output);
      Files.writeString(output.resolve("profile-" + workload.id() + ".md"), page);
    }
    return 0;
  }

  static String profile(Workload workload, long rows, int passes, Path work) throws IOException {
    Path recordings = Folder.fresh(work.resolve("recordings"));
    BenchData data = BenchData.in(work, rows, false, false);
    Program program = Program.ofThisBuild(work, null, PARALLELISM);
    Run run = program.record(workload, data, Passes.of(passes), recordings);
    if (run.measured() == null) {
      throw new IllegalStateException(run.problem());
    }
    double cpuSeconds =
        run.measured().passes().stream().skip(1).mapToDouble(MeasureProfile::cpuSeconds).sum();
    String title =
        String.format(
            Locale.ROOT,
            "%s: %s; %,d readings, %d passes",
            workload.id(),
            workload.title(),
            rows,
            passes - 1);
    return ProfilePage.of(title, Samples.in(recordings), cpuSeconds);
  }

  private static double cpuSeconds(Pass pass) {
    return pass.use().cpuSeconds();
  }
}
