package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.state.storage.CrashPoint;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A query over json files into json files, in place of older ones, that dies at every durable step
 * and is started again.
 */
class JsonPipelineCrashTest {
  private static final int HITS = 5;

  /** Epochs, and older files: enough that every point is reached so often. */
  private static final int FILES = HITS + 1;

  private static final int ROWS_PER_FILE = 4;

  @TempDir private Path directory;
  private final List<String> expected = new ArrayList<>();

  @BeforeEach
  void writeInput() {
    Fixture input = new Fixture(directory.resolve("in"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int id = file * ROWS_PER_FILE; id < (file + 1) * ROWS_PER_FILE; id++) {
        String row = "{\"id\":" + id + ",\"text\":\"t" + id + "\"}";
        text.append(row).append('\n');
        if (id % 3 != 1) {
          expected.add(row);
        }
      }
      input.file("in-" + file + ".json", text.toString());
    }
  }

  private void run(FailingDisk disk, Map<String, String> settings, Path base) {
    try (Session session = DiskSession.open(disk, disk, settings)) {
      session
          .readStream()
          .schema("id BIGINT, text STRING")
          .option("maxFilesPerTrigger", 1)
          .json(directory.resolve("in").toString())
          .filter("id % 3 <> 1")
          .writeStream()
          .format("json")
          .option("mode", "overwrite")
          .option("checkpointLocation", base.resolve("ck").toString())
          .trigger(Trigger.availableNow())
          .start(base.resolve("out").toString())
          .awaitTermination();
    }
  }

  private static final EnumSet<CrashPoint> ONLY_WITH_STATE =
      EnumSet.range(CrashPoint.BEFORE_STATE, CrashPoint.AFTER_SNAPSHOT);

  @ParameterizedTest
  @CsvSource({"file, fused, fused", "file, staged, staged", "chronicle, fused, staged"})
  void aRestartAfterACrashGivesEveryRowOnce(
      String journal, String executionAtOddHits, String executionAtEvenHits) {
    for (CrashPoint point : EnumSet.complementOf(ONLY_WITH_STATE)) {
      for (int hit = 1; hit <= HITS; hit++) {
        Map<String, String> settings =
            Map.of(
                "millrace.execution", hit % 2 == 1 ? executionAtOddHits : executionAtEvenHits,
                "millrace.parallelism", "2",
                "millrace.ringSlots", "2",
                "millrace.journal", journal,
                "millrace.journal.blockSize", "64k");
        String name = point + "-" + hit;
        Path base = directory.resolve(name);
        Fixture older = new Fixture(base.resolve("out"));
        for (int file = 0; file < FILES; file++) {
          older.file("older-" + file + ".json", "older\n");
        }
        FailingDisk disk = FailingDisk.lostAt(point, hit);
        assertThatThrownBy(() -> run(disk, settings, base))
            .as("%s is reached", name)
            .isInstanceOf(MillraceException.class)
            .hasStackTraceContaining("the process is dead");
        assertThat(disk.isLost()).isTrue();
        List<String> seen = rows(base);
        seen.removeIf("older"::equals);
        assertThat(seen).as("what a reader sees, %s", name).doesNotHaveDuplicates();
        assertThat(expected).as("what a reader sees, %s", name).containsAll(seen);
        run(FailingDisk.sound(), settings, base);
        assertThat(rows(base)).as(name).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(SinkRun.unfinished(base.resolve("out"))).as(name).isEmpty();
      }
    }
  }

  private static List<String> rows(Path base) {
    List<String> rows = new ArrayList<>();
    SinkRun.visible(base.resolve("out")).values().forEach(text -> text.lines().forEach(rows::add));
    return rows;
  }
}
