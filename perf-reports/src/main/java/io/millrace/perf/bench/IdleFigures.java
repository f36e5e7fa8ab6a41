package io.millrace.perf.bench;

import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import java.util.List;

/** What queries cost that watch an empty folder. */
record IdleFigures(String date, Commit commit, Machine machine, Settings settings, List<Run> runs) {

  /**
   * @param runs JVMs for each engine
   * @param settleSeconds from the query's start until it is measured
   */
  record Settings(int runs, double settleSeconds, double seconds, List<String> engines) {}

  /**
   * What a program writes, see {@link io.millrace.perf.job.Idle}.
   *
   * @param startSeconds from the JVM's start until the query ran
   * @param cpuShare of one core
   * @param residentBytes at the end of the measured time
   * @param alertSeconds from a new file to its alert
   */
  record Measured(double startSeconds, double cpuShare, long residentBytes, double alertSeconds) {}

  /**
   * One program.
   *
   * @param measured null if it failed
   * @param problem why it failed; null if it did not
   */
  record Run(String engine, Measured measured, String problem) {}
}
