package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import java.util.Arrays;
import java.util.List;

/** All that was measured while one thing grew. */
public record ScaleFigures(
    String date, Commit commit, Machine machine, Settings settings, List<Point> points) {

  /**
   * Each list from the smallest on.
   *
   * @param base what stays while something else grows
   * @param runs JVMs for each engine and size
   * @param passes in each JVM; the last one counts
   */
  public record Settings(
      Size base,
      List<Long> rows,
      List<Integer> devices,
      List<Integer> threads,
      List<Integer> queries,
      int runs,
      Passes passes,
      List<String> engines) {
    /** All there are, each once. */
    List<Size> sizes() {
      return Arrays.stream(Axis.values())
          .flatMap(axis -> axis.sizes(this).stream())
          .distinct()
          .toList();
    }
  }

  /** The runs of all engines at one size. */
  public record Point(Size size, List<Run> runs) {}

  /** Those of an engine that did not fail; none where it takes no part. */
  List<Run> measured(Engine engine, Size size) {
    return points.stream()
        .filter(point -> point.size().equals(size))
        .flatMap(point -> BenchPage.measured(point.runs()).stream())
        .filter(run -> run.engine().equals(engine.id()))
        .toList();
  }
}
