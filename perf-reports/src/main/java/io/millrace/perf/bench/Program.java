package io.millrace.perf.bench;

import io.millrace.benchmarks.EngineFlags;
import io.millrace.perf.bench.BenchFigures.Measured;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.perf.process.PeerJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

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
  private static final long LIMIT_MINUTES = 15;

  /** The build that this program itself belongs to. */
  static Program ofThisBuild(Path work, Path peers, int parallelism) {
    return new Program(work, peers, ChildJvm.classPath(), parallelism);
  }

  /** Measures; what is wrong with the program is in what is returned. */
  Run run(Entrant entrant, Workload workload, BenchData data, int passes) {
    return run(entrant, workload, data, passes, List.of());
  }

  /** One pass, whose rows are written to a file. */
  Run writeRows(Entrant entrant, Workload workload, BenchData data, Path rows) {
    return run(entrant, workload, data, 1, List.of("rows=" + rows));
  }

  private Run run(
      Entrant entrant, Workload workload, BenchData data, int passes, List<String> more) {
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
                "passes=" + passes,
                "closedUs=" + data.closedUs()));
    words.addAll(more);
    try {
      Process process =
          new ProcessBuilder(command(engine, words))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean over = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      if (!over) {
        process.destroyForcibly().waitFor();
      }
      String problem =
          !over
              ? "not over after " + LIMIT_MINUTES + " minutes"
              : Files.exists(result) ? null : PeerJvm.failure(log);
      Measured measured = problem == null ? JsonFile.read(result, Measured.class) : null;
      return new Run(workload.id(), engine.id(), entrant.mode(), data.rows(), measured, problem);
    } catch (IOException e) {
      throw new UncheckedIOException("running " + entrant, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + entrant + " ran", e);
    } finally {
      Folder.delete(place);
    }
  }

  private List<String> command(Engine engine, List<String> words) {
    if (engine != Engine.MILLRACE) {
      return PeerJvm.command(peers.resolve(engine.id()), PEER_HEAP, engine.program(), words);
    }
    List<String> command = new ArrayList<>(List.of(ChildJvm.java().toString()));
    command.addAll(EngineFlags.list());
    command.addAll(EngineFlags.LAUNCHER);
    command.addAll(List.of("-cp", classPath, engine.program()));
    command.addAll(words);
    return command;
  }
}
