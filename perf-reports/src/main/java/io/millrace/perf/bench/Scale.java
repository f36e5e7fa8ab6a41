package io.millrace.perf.bench;

import io.millrace.perf.bench.ScaleFigures.Point;
import io.millrace.perf.bench.ScaleFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs windows of a minute on engines while one thing grows, and checks that they agree. */
final class Scale {
  private final Settings settings;
  private final Path home;
  private final Path work;
  private final Path peers;

  Scale(Settings settings, Path home, Path work, Path peers) {
    this.settings = settings;
    this.home = home;
    this.work = work;
    this.peers = peers;
  }

  /**
   * @throws IllegalStateException if two engines give different answers
   */
  ScaleFigures run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Point> points = new ArrayList<>();
    for (Size size : settings.sizes()) {
      Turns.say("%s", size);
      points.add(measure(size));
    }
    return new ScaleFigures(date, Commit.of(home), Machine.here(), settings, points);
  }

  private Point measure(Size size) {
    BenchData all = BenchData.in(work, size.rows(), size.devices(), false, false);
    BenchData data = PartedData.of(all, size.queries());
    List<Entrant> entrants =
        settings.engines().stream()
            .map(Engine::of)
            .filter(engine -> takesPart(engine, size))
            .map(engine -> new Entrant(engine, engine.modes().getFirst()))
            .toList();
    Program program = Program.ofThisBuild(work, peers, size.threads());
    Turns turns = new Turns(program, settings.runs(), settings.passes());
    return new Point(size, turns.measure(entrants, Scale::workload, data));
  }

  /** DuckDB has no queries that stay: many at once say nothing about it. */
  static boolean takesPart(Engine engine, Size size) {
    return engine != Engine.DUCKDB || size.queries() == 1;
  }

  /** Spark always keeps a checkpoint. */
  private static Workload workload(Entrant entrant) {
    return entrant.engine() == Engine.SPARK ? Workload.W2_MINUTE_CHECKPOINT : Workload.W2_MINUTE;
  }
}
