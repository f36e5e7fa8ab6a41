package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.bench.BenchFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.Folder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs workloads on engines, one program after the other, and checks that they agree. */
public final class SideBySide {
  /** Rows of the input on which answers are compared value by value. */
  private static final long COMPARED_ROWS = 100_000;

  private final Settings settings;
  private final Path home;
  private final Path work;
  private final Program program;

  public SideBySide(Settings settings, Path home, Path work, Path peers) {
    this.settings = settings;
    this.home = home;
    this.work = work;
    this.program = Program.ofThisBuild(work, peers, settings.parallelism());
  }

  /**
   * @throws IllegalStateException if two engines give different answers
   */
  public BenchFigures run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Run> small = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    for (String id : settings.workloads()) {
      Workload workload = Workload.of(id);
      List<Entrant> entrants = entrants(workload);
      small.addAll(compare(workload, entrants));
      runs.addAll(measure(workload, entrants));
    }
    return new BenchFigures(date, Commit.of(home), Machine.here(), settings, small, runs);
  }

  private List<Entrant> entrants(Workload workload) {
    List<Entrant> entrants = new ArrayList<>();
    for (String id : settings.engines()) {
      Engine engine = Engine.of(id);
      engine.modes().stream()
          .filter(mode -> engine.runs(workload, mode))
          .forEach(mode -> entrants.add(new Entrant(engine, mode)));
    }
    return entrants;
  }

  /** On little input, value by value. */
  private List<Run> compare(Workload workload, List<Entrant> entrants) {
    List<Run> runs = new ArrayList<>();
    BenchData data = BenchData.in(work, COMPARED_ROWS, settings.shuffled(), settings.zipf());
    Path rows = Folder.fresh(work.resolve("rows"));
    Path first = null;
    String firstName = null;
    for (Entrant entrant : entrants) {
      Turns.say("comparing %s, %s", workload.id(), entrant);
      Path own = rows.resolve(entrant.toString().replace(' ', '-'));
      Run run = program.writeRows(entrant, workload, data, own);
      runs.add(run);
      if (run.measured() == null) {
        Turns.say("%s failed: %s", entrant, run.problem());
      } else if (first == null) {
        first = own;
        firstName = entrant.toString();
      } else {
        SameAnswer.require(workload.id(), firstName, first, entrant.toString(), own);
      }
    }
    Folder.delete(rows);
    return runs;
  }

  private List<Run> measure(Workload workload, List<Entrant> entrants) {
    BenchData data =
        BenchData.in(work, workload.rows(settings.rows()), settings.shuffled(), settings.zipf());
    return new Turns(program, settings.runs(), settings.passes())
        .measure(entrants, entrant -> workload, data);
  }
}
