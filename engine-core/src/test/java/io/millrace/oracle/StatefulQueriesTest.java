package io.millrace.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random streaming queries with state against a row-at-a-time interpreter: same rows in the same
 * order, same counts of late rows and groups, over restarts, failing sinks and other parallelism.
 *
 * <p>{@code -Dmillrace.seed=N} runs one case, {@code -Dmillrace.cases=1000000} many, from {@code
 * -Dmillrace.firstSeed} on.
 */
class StatefulQueriesTest {
  private static final int CASES = 3_000;
  private static final Path MEMORY_DISK = Path.of("/dev/shm");

  private static final int CONTINUOUS_CASES = 600;

  /** Runs a case in a folder; what is wrong, if anything is. */
  private interface Runner {
    Optional<String> difference(QueryCase given, Path checkpoint);
  }

  @Test
  void randomQueriesDoWhatTheInterpreterDoes() throws IOException {
    run(
        CASES,
        (given, checkpoint) -> Comparison.difference(given, EngineRun.of(given, checkpoint)));
  }

  /** With both triggers in turn, over inlets or streams, however the input is cut. */
  @Test
  void continuousQueriesDoWhatTheInterpreterDoes() throws IOException {
    run(CONTINUOUS_CASES, ContinuousRun::difference);
  }

  private static void run(int count, Runner runner) throws IOException {
    Long only = Long.getLong("millrace.seed");
    long first = only == null ? Long.getLong("millrace.firstSeed", 1) : only;
    long cases = only == null ? Long.getLong("millrace.cases", count) : 1;
    Path parent = Files.isDirectory(MEMORY_DISK) ? MEMORY_DISK : Path.of("target");
    Path folder = Files.createTempDirectory(parent, "millrace-oracle");
    try {
      Optional<String> difference =
          LongStream.range(first, first + cases)
              .parallel()
              .mapToObj(seed -> difference(seed, folder.resolve("checkpoint-" + seed), runner))
              .flatMap(Optional::stream)
              .findAny();
      assertThat(difference).isEmpty();
    } finally {
      delete(folder);
    }
  }

  private static Optional<String> difference(long seed, Path checkpoint, Runner runner) {
    Optional<String> difference = difference(QueryCase.of(seed), checkpoint, runner);
    delete(checkpoint);
    return difference;
  }

  private static Optional<String> difference(QueryCase given, Path checkpoint, Runner runner) {
    String about =
        "seed "
            + given.seed()
            + ", replay with -Dmillrace.seed="
            + given.seed()
            + "\n"
            + given.query();
    try {
      return runner.difference(given, checkpoint).map(text -> about + "\n" + text);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(about, e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
