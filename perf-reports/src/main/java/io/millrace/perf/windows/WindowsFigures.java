package io.millrace.perf.windows;

import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.perf.alerts.ReadingFiles;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.ChildJvm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** All that was measured of windows and their state, as it is published. */
public record WindowsFigures(
    String date,
    Commit commit,
    Machine machine,
    List<WindowsPass.Figures> passes,
    List<StateCost.Figures> states) {
  private static final int PASSES_PER_JVM = 4;
  private static final long KEYS = 1_000_000;

  /**
   * Measures everything, each in a JVM of its own.
   *
   * @param rows of the readings
   * @param files they are in, one per epoch
   * @param runs of each
   */
  public static WindowsFigures measure(long rows, int files, int runs, Path home, Path work) {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ReadingFiles readings = ReadingFiles.in(work, FieldOrder.STABLE, rows, files);
    List<WindowsPass.Figures> passes = new ArrayList<>();
    List<StateCost.Figures> states = new ArrayList<>();
    String checkpoint = work.resolve("windows-checkpoint").toString();
    for (int run = 0; run < runs; run++) {
      for (String size : List.of("1 second", "1 minute")) {
        for (String parallelism : List.of("1", "2")) {
          System.err.println("measuring: windows of " + size + ", parallelism " + parallelism);
          passes.add(
              pass(readings, work, List.of(checkpoint, size, parallelism, "" + PASSES_PER_JVM)));
        }
      }
      System.err.println("measuring: state of a million keys");
      states.add(
          ChildJvm.run(
              StateCost.class, StateCost.Figures.class, work, List.of(checkpoint, "" + KEYS)));
    }
    return new WindowsFigures(date, Commit.of(home), Machine.here(), passes, states);
  }

  private static WindowsPass.Figures pass(
      ReadingFiles readings, Path work, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(readings.folder().toString()));
    all.addAll(arguments);
    WindowsPass.Figures figures =
        ChildJvm.run(WindowsPass.class, WindowsPass.Figures.class, work, all);
    if (figures.rows() != readings.answer().rows()) {
      throw new IllegalStateException(
          figures.rows() + " rows of " + readings.answer().rows() + " were read");
    }
    return figures;
  }
}
