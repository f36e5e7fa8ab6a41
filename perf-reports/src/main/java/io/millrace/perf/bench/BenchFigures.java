package io.millrace.perf.bench;

import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.machine.ResourceUse;
import java.util.List;

/**
 * All that was measured side by side.
 *
 * @param small the runs over little input, whose answers were compared value by value
 */
public record BenchFigures(
    String date,
    Commit commit,
    Machine machine,
    Settings settings,
    List<Run> small,
    List<Run> runs) {

  /**
   * @param rows of the workloads with the most
   * @param runs JVMs for each engine and workload
   * @param passes in each JVM
   */
  public record Settings(
      long rows,
      int runs,
      Passes passes,
      int parallelism,
      boolean shuffled,
      boolean zipf,
      List<String> workloads,
      List<String> engines) {}

  /** What came out of a pass: as {@link io.millrace.perf.job.Answer} sums it up. */
  public record Sum(long rows, long checksum, double sum) {
    private static final double TOLERANCE = 1e-9;

    /** Whether it is the same but for the order in which doubles were added. */
    boolean matches(Sum other) {
      return rows == other.rows
          && checksum == other.checksum
          && Math.abs(sum - other.sum) <= TOLERANCE * Math.max(1, Math.abs(sum));
    }
  }

  /**
   * One reading of the whole input.
   *
   * @param secondsSinceStart from the JVM's start to the pass's end
   */
  public record Pass(double seconds, double secondsSinceStart, ResourceUse use, Sum answer) {}

  /** What a program writes. */
  public record Measured(List<Pass> passes, long peakResidentBytes) {}

  /**
   * One program.
   *
   * @param workload its id
   * @param measured null if it failed
   * @param problem why it failed; null if it did not
   */
  public record Run(
      String workload, String engine, String mode, long rows, Measured measured, String problem) {
    /** Engine and, where there are several, mode. */
    public String name() {
      return Engine.of(engine).modes().size() > 1 ? engine + " " + mode : engine;
    }

    public double coldRowsPerSecond() {
      return rows / measured.passes().getFirst().seconds();
    }

    /** Of the last pass. */
    public double warmRowsPerSecond() {
      return rows / last().seconds();
    }

    public Pass last() {
      return measured.passes().getLast();
    }
  }
}
