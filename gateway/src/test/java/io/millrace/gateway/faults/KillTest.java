package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A query is killed with SIGKILL again and again while its input grows, each time somewhere else:
 * the moment follows something that the query was seen to do, and a random while.
 */
class KillTest {
  private static final int ROUNDS = 12;
  private static final long POLL_NS = 200_000;

  /** At most this much input waits for the query, so that it always has work and little of it. */
  private static final int FILES_AHEAD = 8;

  private static final int MAX_CHANGES = 6;
  private static final int MAX_SPINS = 200_000;
  private static final List<String> JVM_FLAGS = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

  /** What the parent watches to see how far the child has come. */
  private enum Sign {
    /** It has begun: it opens the checkpoint, and does an unfinished epoch again. */
    BEGUN,
    JOURNAL_GREW,
    FILE_OPENED,
    EPOCH_COMMITTED,
    FILE_VISIBLE
  }

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"fused, 20251121, false", "staged, 20251122, true"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void nothingIsLostAndNothingIsThereTwice(String execution, long seed, boolean partitioned)
      throws Exception {
    Random random = new Random(seed);
    GrowingInput input = new GrowingInput(directory.resolve("in"), random);
    JsonOutput output = new JsonOutput(directory.resolve("out"));
    for (int round = 0; round < ROUNDS; round++) {
      Sign sign = Sign.values()[round % Sign.values().length];
      int changes = sign == Sign.BEGUN ? 1 : 1 + random.nextInt(MAX_CHANGES);
      try (ChildJvm child = start(execution, "forever", partitioned)) {
        awaitChanges(child, sign, changes, input, output);
        spin(random.nextInt(MAX_SPINS));
        child.kill();
      }
      assertThat(Multisets.minus(output.rows(), expected(input, partitioned)))
          .as("rows that are there twice or come from nowhere, round %d, seed %d", round, seed)
          .isEmpty();
    }
    try (ChildJvm child = start(execution, "end", partitioned)) {
      child.awaitSuccess();
    }
    List<String> expected = expected(input, partitioned);
    assertThat(Multisets.minus(output.rows(), expected)).as("too much, seed %d", seed).isEmpty();
    assertThat(Multisets.minus(expected, output.rows())).as("lost, seed %d", seed).isEmpty();
    output.requireClean();
    assertThat(output.manifest().lines().count()).isGreaterThan(ROUNDS);
  }

  private ChildJvm start(String execution, String end, boolean partitioned) {
    List<String> arguments = new ArrayList<>(List.of(directory.toString(), execution, end));
    if (partitioned) {
      arguments.add("partitioned");
    }
    return ChildJvm.start(
        directory.resolve("log"), JVM_FLAGS, KilledQuery.class, arguments.toArray(String[]::new));
  }

  private void awaitChanges(
      ChildJvm child, Sign sign, int changes, GrowingInput input, JsonOutput output)
      throws IOException {
    long seen = measure(sign, output);
    for (int left = changes; left > 0; ) {
      child.requireAlive();
      if (input.files() < 2 * output.manifest().lines().count() + FILES_AHEAD) {
        input.addFile();
      }
      long now = measure(sign, output);
      if (now != seen) {
        seen = now;
        left--;
      } else {
        LockSupport.parkNanos(POLL_NS);
      }
    }
  }

  private long measure(Sign sign, JsonOutput output) throws IOException {
    return switch (sign) {
      case BEGUN -> Files.size(directory.resolve("log"));
      case JOURNAL_GREW -> bytesIn(directory.resolve("ck"));
      case FILE_OPENED -> output.hasUnfinishedFiles() ? 1 : 0;
      case EPOCH_COMMITTED -> output.manifest().length();
      case FILE_VISIBLE -> output.files().size();
    };
  }

  private static long bytesIn(Path path) throws IOException {
    long bytes = path.toFile().length();
    for (Path entry : JsonOutput.list(path)) {
      bytes += bytesIn(entry);
    }
    return bytes;
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private static List<String> expected(GrowingInput input, boolean partitioned) {
    List<String> rows = new ArrayList<>(input.expected());
    if (!partitioned) {
      rows.replaceAll(row -> row.substring(row.indexOf(' ') + 1));
    }
    return rows;
  }
}
