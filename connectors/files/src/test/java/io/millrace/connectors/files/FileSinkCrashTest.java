package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkCrashTest {
  @TempDir Path temp;

  /** Ends the process, as far as the file system can tell, when a point is reached. */
  private static final class Crash extends ForwardingStorage implements CrashPoints {
    private final int at;
    private final List<CrashPoint> reached = new ArrayList<>();
    private boolean dead;

    Crash(int at) {
      this.at = at;
    }

    @Override
    public void reached(CrashPoint point) {
      if (reached.size() == at) {
        dead = true;
        throw new IllegalStateException("crash at " + point);
      }
      reached.add(point);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name"})
  void afterACrashAtAnyPointTheRestartGivesExactlyTheRows(String partition) {
    Map<String, String> expected = expected(temp.resolve("expected"), partition);
    int points = points(temp.resolve("count"), partition);
    assertThat(points).isGreaterThan(15);
    for (int at = 0; at < points; at++) {
      Path out = temp.resolve("out" + at);
      Crash crash = new Crash(at);
      try (SinkRun run = run(out, partition).storage(crash).crashPoints(crash)) {
        runAll(run);
      } catch (IllegalStateException e) {
        assertThat(e).as("point %d", at).hasMessageStartingWith("crash at ");
      }
      assertThat(crash.dead).as("point %d", at).isTrue();
      assertThat(expected)
          .as("what a reader sees after the crash at point %d", at)
          .containsAllEntriesOf(SinkRun.visible(out));
      try (SinkRun run = run(out, partition)) {
        runAll(run);
      }
      assertThat(SinkRun.visible(out)).as("point %d", at).isEqualTo(expected);
      assertThat(SinkRun.unfinished(out)).as("point %d", at).isEmpty();
    }
  }

  /** An epoch that is run again after its commit is skipped; one that is not is written again. */
  private static void runAll(SinkRun run) {
    run.epoch(0, "a", "b", "a");
    run.epoch(1);
    run.epoch(2, "c", "a", "d");
  }

  private static SinkRun run(Path out, String partition) {
    SinkRun run = new SinkRun(out).option("maxRecordsPerFile", 2);
    return partition.isEmpty() ? run : run.partitionBy(partition);
  }

  private static Map<String, String> expected(Path out, String partition) {
    try (SinkRun run = run(out, partition)) {
      runAll(run);
    }
    return SinkRun.visible(out);
  }

  private static int points(Path out, String partition) {
    Crash never = new Crash(Integer.MAX_VALUE);
    try (SinkRun run = run(out, partition).storage(never).crashPoints(never)) {
      runAll(run);
    }
    assertThat(never.reached)
        .contains(
            CrashPoint.BEFORE_FILE_WRITE,
            CrashPoint.AFTER_FILE_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.AFTER_FORCE,
            CrashPoint.BEFORE_RENAME,
            CrashPoint.AFTER_RENAME,
            CrashPoint.BEFORE_MANIFEST_WRITE,
            CrashPoint.AFTER_MANIFEST_WRITE,
            CrashPoint.BEFORE_SINK_COMMIT,
            CrashPoint.AFTER_SINK_COMMIT);
    return never.reached.size();
  }

  @Test
  void readerBesideTheWriterSeesOnlyWholeFiles() throws InterruptedException {
    Path out = temp.resolve("out");
    AtomicBoolean done = new AtomicBoolean();
    List<String> broken = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                SinkRun.visible(out)
                    .forEach(
                        (name, text) -> {
                          if (text.lines().count() != 50 || !text.endsWith("}\n")) {
                            broken.add(name + ": " + text);
                          }
                        });
              }
            },
            "reader");
    String[] names = new String[50];
    Arrays.fill(names, "x".repeat(10_000));
    try (SinkRun run = new SinkRun(out)) {
      run.epoch(0, names);
      reader.start();
      for (int epoch = 1; epoch < 40; epoch++) {
        run.epoch(epoch, names);
      }
    } finally {
      done.set(true);
      reader.join();
    }
    assertThat(broken).isEmpty();
    assertThat(SinkRun.visible(out)).hasSize(40);
  }

  @Test
  void failedCommitIsNotGoneOnWith() {
    Path out = temp.resolve("out");
    CrashPoints failing =
        point -> {
          if (point == CrashPoint.AFTER_MANIFEST_WRITE) {
            throw new IllegalStateException("disk gone");
          }
        };
    try (SinkRun run = new SinkRun(out).crashPoints(failing)) {
      assertThat(catchThrowable(() -> run.epoch(0, "a"))).hasMessage("disk gone");
      assertThat(catchThrowable(() -> run.epoch(1, "b")))
          .hasMessageContaining("an earlier commit failed; start again");
    }
    try (SinkRun run = new SinkRun(out)) {
      assertThat(run.sink().begin(0, 7)).isFalse();
    }
    assertThat(SinkRun.visible(out).values()).containsExactly("{\"id\":0,\"name\":\"a\"}\n");
  }
}
