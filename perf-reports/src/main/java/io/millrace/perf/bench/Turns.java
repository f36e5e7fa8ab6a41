package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Measures engines in turns, so that what the machine does meanwhile befalls all.
 *
 * @param runs programs of each
 * @param passes in each program
 */
record Turns(Program program, int runs, Passes passes) {
  /**
   * @param workload that an entrant runs
   * @return also those that failed
   * @throws IllegalStateException if two give different answers
   */
  List<Run> measure(List<Entrant> entrants, Function<Entrant, Workload> workload, BenchData data) {
    List<Run> all = new ArrayList<>();
    List<Entrant> order = new ArrayList<>(entrants);
    for (int i = 0; i < runs; i++) {
      for (Entrant entrant : order) {
        say("measuring %s, %s", workload.apply(entrant).id(), entrant);
        Run run = program.run(entrant, workload.apply(entrant), data, passes);
        all.add(run);
        if (run.measured() == null) {
          say("failed: %s", run.problem());
        } else {
          say(
              "%.2f million rows/s cold, %.2f warm",
              run.coldRowsPerSecond() / 1e6, run.warmRowsPerSecond() / 1e6);
        }
      }
      Collections.reverse(order);
    }
    SameAnswer.require(BenchPage.measured(all));
    return all;
  }

  static void say(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }
}
