package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A query over json files into json files, cut off at every durable step and started again. */
class JsonPipelineCrashTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT, text STRING");
  private static final int FILES = 5;
  private static final int ROWS_PER_FILE = 40;

  @TempDir private Path directory;

  /** Fails at the n-th time that a point is reached, like a process that dies there. */
  private static final class CrashAt implements CrashPoints {
    private final CrashPoint where;
    private int left;

    CrashAt(CrashPoint where, int hit) {
      this.where = where;
      this.left = hit;
    }

    @Override
    public synchronized void reached(CrashPoint point) {
      if (point == where && --left == 0) {
        throw new IllegalStateException("crash at " + point);
      }
    }

    synchronized boolean isOver() {
      return left <= 0;
    }
  }

  private static void input(Path input) throws IOException {
    Files.createDirectories(input);
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < ROWS_PER_FILE; i++) {
        int id = file * ROWS_PER_FILE + i;
        text.append("{\"id\":").append(id).append(",\"text\":\"t").append(id).append("\"}\n");
      }
      Path path = Files.writeString(input.resolve("in-" + file + ".json"), text);
      Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_000_000 + file)));
    }
  }

  private static StreamingQuery start(Session session, Path base, Path input) {
    return session
        .readStream()
        .schema("id BIGINT, text STRING")
        .option("maxFilesPerTrigger", 1)
        .json(input.toString())
        .filter("id % 3 <> 1")
        .writeStream()
        .format("json")
        .option("checkpointLocation", base.resolve("ck").toString())
        .trigger(Trigger.availableNow())
        .start(base.resolve("out").toString());
  }

  private static Session session(CrashPoints crashPoints, String execution) {
    RuntimeConfig config =
        new RuntimeConfig(Map.of("millrace.execution", execution, "millrace.parallelism", "2"));
    return new Session(
        config, new LocalEngine(config, new LocalStorage(), Clock.SYSTEM, crashPoints));
  }

  /** Runs to the end or to the crash. Returns whether it crashed. */
  private static boolean run(Path base, Path input, CrashPoints crashPoints, String execution) {
    try (Session session = session(crashPoints, execution)) {
      start(session, base, input).awaitTermination();
      return false;
    } catch (MillraceException | IllegalStateException e) {
      assertThat(e).hasStackTraceContaining("crash at");
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestartAfterACrashGivesEveryRowOnce(CrashPoint point) throws IOException {
    Path input = directory.resolve("in");
    input(input);
    List<Row> expected = new ArrayList<>();
    for (long id = 0; id < FILES * ROWS_PER_FILE; id++) {
      if (id % 3 != 1) {
        expected.add(Row.of(id, "t" + id));
      }
    }
    for (int hit = 1; hit <= 3; hit++) {
      String execution = hit == 2 ? "staged" : "fused";
      Path base = Files.createDirectory(directory.resolve(execution + hit));
      CrashAt crash = new CrashAt(point, hit);
      boolean crashed = run(base, input, crash, execution);
      assertThat(crashed).as("%s hit %s", point, hit).isEqualTo(crash.isOver());
      assertThat(run(base, input, CrashPoints.NONE, execution)).isFalse();
      try (Session session = session(CrashPoints.NONE, "fused")) {
        assertThat(
                session
                    .read()
                    .schema(SCHEMA)
                    .json(base.resolve("out").toString())
                    .orderBy("id")
                    .collect())
            .as("%s hit %s", point, hit)
            .isEqualTo(expected);
      }
      try (Stream<Path> files = Files.list(base.resolve("out"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".tmp") || name.startsWith("."));
      }
    }
  }
}
