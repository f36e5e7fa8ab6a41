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
 * Runs one engine's program for one workload.
 *
 * @param peers where the other engines' programs are
 * @param work for what programs write
 */
record Program(Path peers, Path work) {
  private static final String PEER_HEAP = "3g";
  private static final long LIMIT_MINUTES = 15;

  /**
   * @param rows gets the first pass's rows; null for none
   * @return also if it failed
   */
  Run run(
      Engine engine,
      String mode,
      Workload workload,
      BenchData data,
      long rowCount,
      int parallelism,
      int passes,
      Path rows) {
    Path place = Folder.fresh(work.resolve("job"));
    Path result = place.resolve("figures.json");
    Path log = work.resolve(engine.id() + ".log");
    List<String> words =
        new ArrayList<>(words(workload, mode, data, place, result, parallelism, passes));
    if (rows != null) {
      words.add("rows=" + rows);
    }
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
      return new Run(workload.id(), engine.id(), mode, rowCount, measured, problem);
    } catch (IOException e) {
      throw new UncheckedIOException("running " + engine.id(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + engine.id() + " ran", e);
    } finally {
      Folder.delete(place);
    }
  }

  /** A program's command line. */
  static List<String> words(
      Workload workload,
      String mode,
      BenchData data,
      Path place,
      Path result,
      int parallelism,
      int passes) {
    return List.of(
        "result=" + result,
        "workload=" + workload.program(),
        "readings=" + data.folder(),
        "input=" + workload.input().name().toLowerCase(Locale.ROOT),
        "work=" + place,
        "checkpoint=" + workload.checkpoint(),
        "mode=" + mode,
        "parallelism=" + parallelism,
        "passes=" + passes,
        "closedUs=" + data.closedUs());
  }

  private List<String> command(Engine engine, List<String> words) {
    if (engine != Engine.MILLRACE) {
      return PeerJvm.command(peers.resolve(engine.id()), PEER_HEAP, engine.program(), words);
    }
    List<String> command = new ArrayList<>(List.of(ChildJvm.java().toString()));
    command.addAll(EngineFlags.list());
    command.addAll(EngineFlags.LAUNCHER);
    command.addAll(List.of("-cp", ChildJvm.classPath(), engine.program()));
    command.addAll(words);
    return command;
  }
}
