package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Measured;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.Outcome;
import io.millrace.perf.process.PeerJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs engines' programs, each for one workload.
 *
 * @param work for what programs write
 * @param peers where the other engines' programs are
 * @param classPath of Millrace's
 * @param parallelism threads of an engine
 */
record Program(Path work, Path peers, String classPath, int parallelism) {
  private static final String PEER_HEAP = "3g";
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** The build that this program itself belongs to. */
  static Program ofThisBuild(Path work, Path peers, int parallelism) {
    return new Program(work, peers, ChildJvm.classPath(), parallelism);
  }

  /** Measures; what is wrong with the program is in what is returned. */
  Run run(Entrant entrant, Workload workload, BenchData data, Passes passes) {
    return run(entrant, entrant.engine().program(), workload, data, passes, List.of());
  }

  /** One pass, whose rows are written to a file. */
  Run writeRows(Entrant entrant, Workload workload, BenchData data, Path rows) {
    List<String> more = List.of("rows=" + rows);
    return run(entrant, entrant.engine().program(), workload, data, Passes.of(1), more);
  }

  /** Millrace's with recordings of all passes but the first in a folder. */
  Run record(Workload workload, BenchData data, Passes passes, Path recordings) {
    List<String> more = List.of("recordings=" + recordings);
    return run(Entrant.MILLRACE, RecordedJob.class.getName(), workload, data, passes, more);
  }

  private Run run(
      Entrant entrant,
      String main,
      Workload workload,
      BenchData data,
      Passes passes,
      List<String> more) {
    Engine engine = entrant.engine();
    Path place = Folder.fresh(work.resolve("job"));
    Path result = place.resolve("figures.json");
    Path log = work.resolve(engine.id() + ".log");
    List<String> words =
        new ArrayList<>(
            List.of(
                "result=" + result,
                "workload=" + workload.program(),
                "readings=" + data.folder(),
                "input=" + workload.input().name().toLowerCase(Locale.ROOT),
                "work=" + place,
                "checkpoint=" + workload.checkpoint(),
                "mode=" + entrant.mode(),
                "parallelism=" + parallelism,
                "passes=" + passes.least(),
                "warmUpSeconds=" + passes.warmUpSeconds(),
                "closedUs=" + data.closedUs()));
    words.addAll(more);
    try {
      Outcome<Measured> outcome =
          Outcome.of(command(engine, main, words), result, Measured.class, log, LIMIT);
      return new Run(
          workload.id(),
          engine.id(),
          entrant.mode(),
          data.rows(),
          outcome.figures(),
          outcome.problem());
    } finally {
      Folder.delete(place);
    }
  }

  private List<String> command(Engine engine, String main, List<String> words) {
    return engine == Engine.MILLRACE
        ? ChildJvm.command(List.of(), classPath, main, words)
        : PeerJvm.command(peers.resolve(engine.id()), PEER_HEAP, main, words);
  }
}
