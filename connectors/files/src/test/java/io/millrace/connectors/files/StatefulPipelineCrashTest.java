package io.millrace.connectors.files;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.state.storage.CrashPoint;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts per window over json files into json files, which die at every durable step of offsets,
 * state and sink and are started again with another number of threads.
 */
class StatefulPipelineCrashTest {
  private static final int HITS = 3;
  private static final int FILES = 7;
  private static final int WINDOW_SECONDS = 10;

  @TempDir private Path directory;

  /** File f has rows of the windows f and f + 1, and one that is late from the third file on. */
  @BeforeEach
  void writeInput() {
    Fixture input = new Fixture(directory.resolve("in"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        text.append(line("k" + i % 3, file * WINDOW_SECONDS + i, i));
      }
      text.append(line("late", 0, 1));
      input.file("in-" + file + ".json", text.toString());
    }
  }

  private static String line(String key, int second, int value) {
    return "{\"k\":\"%s\",\"ts\":\"%s\",\"v\":%d}\n"
        .formatted(key, Instant.ofEpochSecond(second), value);
  }

  private void run(FailingDisk disk, Map<String, String> settings, String mode, Path base) {
    try (Session session = DiskSession.open(disk, disk, settings)) {
      session
          .readStream()
          .schema("k STRING, ts TIMESTAMP, v BIGINT")
          .option("maxFilesPerTrigger", 1)
          .json(directory.resolve("in").toString())
          .withWatermark("ts", "0 seconds")
          .groupBy(window(col("ts"), WINDOW_SECONDS + " seconds"), col("k"))
          .agg(count("*").as("n"), sum("v").as("total"))
          .select("window.start", "k", "n", "total")
          .writeStream()
          .outputMode(mode)
          .format("json")
          .option("checkpointLocation", base.resolve("ck").toString())
          .option("lateRowsTo", "json:" + base.resolve("late"))
          .trigger(Trigger.availableNow())
          .start(base.resolve("out").toString())
          .awaitTermination();
    }
  }

  private static Map<String, String> settings(String journal, int parallelism) {
    return Map.of(
        "millrace.execution",
        parallelism == 1 ? "fused" : "staged",
        "millrace.parallelism",
        Integer.toString(parallelism),
        "millrace.ringSlots",
        "2",
        "millrace.journal",
        journal,
        "millrace.journal.blockSize",
        "64k",
        "millrace.snapshot.deltas",
        "2");
  }

  @ParameterizedTest
  @CsvSource({"file, append", "file, update", "chronicle, append"})
  void aRestartAfterACrashGivesEveryGroupOnce(String journal, String mode) {
    Path whole = directory.resolve("whole");
    run(FailingDisk.sound(), settings(journal, 1), mode, whole);
    List<String> expected = rows(whole.resolve("out"));
    List<String> expectedLate = rows(whole.resolve("late"));
    assertThat(expected).hasSizeGreaterThan(15);
    assertThat(expectedLate).hasSizeGreaterThan(3);
    for (CrashPoint point : CrashPoint.values()) {
      for (int hit = 1; hit <= HITS; hit++) {
        String name = point + "-" + hit;
        Path base = directory.resolve(name);
        FailingDisk disk = FailingDisk.lostAt(point, hit);
        try {
          run(disk, settings(journal, 1 + hit % 2), mode, base);
        } catch (MillraceException e) {
          assertThat(e).as(name).hasStackTraceContaining("the process is dead");
        }
        List<String> seen = rows(base.resolve("out"));
        assertThat(expected).as("what a reader sees, %s", name).containsAll(seen);
        run(FailingDisk.sound(), settings(journal, hit == 1 ? 4 : 2 - hit % 2), mode, base);
        assertThat(rows(base.resolve("out"))).as(name).containsExactlyElementsOf(expected);
        assertThat(rows(base.resolve("late"))).as(name).containsExactlyElementsOf(expectedLate);
      }
    }
  }

  /** Every point of the state and of snapshots is reached by such a query. */
  @ParameterizedTest
  @CsvSource({"file"})
  void thePointsOfStateAreReached(String journal) {
    for (CrashPoint point : EnumSet.range(CrashPoint.BEFORE_STATE, CrashPoint.AFTER_SNAPSHOT)) {
      FailingDisk disk = FailingDisk.lostAt(point, 1);
      try {
        run(disk, settings(journal, 1), "append", directory.resolve("reached-" + point));
      } catch (MillraceException e) {
        assertThat(e).as("%s", point).hasStackTraceContaining("the process is dead");
      }
      assertThat(disk.isLost()).as("%s", point).isTrue();
    }
  }

  /** In the order of epochs and rows. */
  private static List<String> rows(Path folder) {
    List<String> rows = new ArrayList<>();
    SinkRun.visible(folder).values().forEach(text -> text.lines().forEach(rows::add));
    return rows;
  }
}
