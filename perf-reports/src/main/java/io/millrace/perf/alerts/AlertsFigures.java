package io.millrace.perf.alerts;

import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.WatchedProcess;
import java.util.List;

/**
 * All that a run measured, as it is published.
 *
 * @param date UTC, when it began
 * @param limits before and after everything else
 * @param startUps of the program on four lines
 */
public record AlertsFigures(
    String date,
    Commit commit,
    Machine machine,
    Settings settings,
    List<Limits.Figures> limits,
    List<OrderFigures> orders,
    List<WatchedProcess> startUps) {

  /**
   * What was asked for.
   *
   * @param rows per pass
   * @param files that they are in
   * @param warmUpSeconds before the steady rate is measured
   * @param seconds over which it is measured
   * @param runs of the steady rate per field order, each in its own JVM
   * @param coldRuns passes in fresh JVMs per field order
   * @param startUps of the program
   */
  public record Settings(
      long rows,
      int files,
      double warmUpSeconds,
      double seconds,
      int runs,
      int coldRuns,
      int startUps) {}

  /**
   * What was measured with lines of one kind.
   *
   * @param cached cold passes with the AOT cache of an earlier pass, as the launcher has one; empty
   *     if the program does not run from jars
   */
  public record OrderFigures(
      FieldOrder order,
      long inputBytes,
      List<ColdPass.Figures> cold,
      List<ColdPass.Figures> cached,
      List<SteadyRate.Figures> steady) {}
}
