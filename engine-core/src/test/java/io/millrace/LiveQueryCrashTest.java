package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.LiveQuery.Way;
import io.millrace.state.storage.CrashPoint;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Queries over live senders that die at every durable step and go on with the other trigger, with
 * an application that keeps what it was given: it has every row once, in the order of one run in
 * which nothing fails, and no sender is asked for a row that is safe.
 */
@Timeout(240)
@ExtendWith(EngineThreads.class)
class LiveQueryCrashTest {
  /** How many of the first five passes of each point are deadly; all of them take minutes. */
  private static final int HITS = Integer.getInteger("millrace.crashHits", 1);

  private static final int SEEDS = Integer.getInteger("millrace.crashSeeds", 6);

  @TempDir(factory = MemoryDisk.class)
  private Path directory;

  private int runs;

  private LiveQuery query(LiveShape shape, boolean mixed, boolean resumes) {
    return new LiveQuery(directory.resolve("ck-" + runs++), shape, mixed, resumes);
  }

  @ParameterizedTest
  @CsvSource({
    "FILTER, false",
    "APPEND, false",
    "UPDATE, false",
    "COMPLETE, false",
    "SESSIONS, false",
    "WINDOWS_OF_WINDOWS, false",
    "FILTER, true",
    "APPEND, true",
    "SESSIONS, true",
  })
  void everyRowComesOnceWhereverTheProcessDies(LiveShape shape, boolean mixed) {
    List<List<Object>> expected = expected(shape, mixed);
    for (CrashPoint point : CrashPoint.values()) {
      for (int i = 0; i < HITS; i++) {
        int hit = 1 + (i + point.ordinal() + shape.ordinal()) % 5;
        boolean continuous = (hit + point.ordinal() / 2) % 2 == 0;
        LiveQuery crashing = query(shape, mixed, (hit + point.ordinal()) % 3 != 0);
        String name = point + " " + hit + (continuous ? " continuous" : " micro-batch");
        try {
          crashing.run(DyingProcess.at(point, hit), way(continuous, hit));
          crashing.run(DyingProcess.at(point, hit), way(!continuous, hit + 1));
          crashing.run(DyingProcess.never(), way(continuous, hit + 1));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(name + ", " + crashing.output(), e);
        }
        assertThat(crashing.output()).as(name).isEqualTo(expected);
      }
    }
  }

  /** Processes that die soon or late, one after the other. */
  @ParameterizedTest
  @EnumSource
  void everyRowComesOnceHoweverOftenProcessesDie(LiveShape shape) {
    List<List<Object>> expected = expected(shape, false);
    CrashPoint[] points = CrashPoint.values();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      LiveQuery crashing = query(shape, false, random.nextInt(3) > 0);
      try {
        for (int deaths = random.nextInt(5); deaths >= 0; deaths--) {
          DyingProcess process =
              deaths == 0
                  ? DyingProcess.never()
                  : DyingProcess.at(points[random.nextInt(points.length)], 1 + random.nextInt(40));
          crashing.run(process, way(random.nextBoolean(), random.nextInt(4)));
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + crashing.output(), e);
      }
      assertThat(crashing.output()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /**
   * What a power cut may leave where nothing is forced. In micro-batches nothing is taken in behind
   * the plan.
   */
  @Test
  void aPlanThatGoesFartherThanTheInputIsRefused() throws IOException {
    Path checkpoint = directory.resolve("cut");
    LiveQuery query = new LiveQuery(checkpoint, LiveShape.UPDATE, false, true);
    Way way = Way.of(false, 1, "row", "millrace.journal", "file", "millrace.durability", "process");
    query.run(DyingProcess.at(CrashPoint.AFTER_PLAN, 2), way);
    try (Stream<Path> files = Files.list(checkpoint.resolve("ingest"))) {
      Path newest = files.filter(Files::isRegularFile).max(Comparator.naturalOrder()).orElseThrow();
      byte[] bytes = Files.readAllBytes(newest);
      int end = bytes.length;
      while (bytes[end - 1] == 0) {
        end--;
      }
      Files.write(newest, Arrays.copyOf(bytes, end - 1));
    }
    assertThatThrownBy(() -> query.run(DyingProcess.never(), way))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageContaining("ingest ends before record")
        .hasMessageContaining("the plan of epoch 1");
  }

  private List<List<Object>> expected(LiveShape shape, boolean mixed) {
    LiveQuery sound = query(shape, mixed, true);
    sound.run(DyingProcess.never(), Way.of(false, 1, "row"));
    assertThat(sound.output()).hasSizeGreaterThan(2);
    return sound.output();
  }

  private static Way way(boolean continuous, int variant) {
    List<Object> more = new ArrayList<>(List.of("millrace.journal", "file"));
    more.addAll(List.of("millrace.durability", variant % 4 == 3 ? "process" : "disk"));
    return Way.of(continuous, variant % 2 == 0 ? 2 : 1, "row", more.toArray());
  }
}
