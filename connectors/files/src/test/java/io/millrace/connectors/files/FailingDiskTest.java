package io.millrace.connectors.files;

import static io.millrace.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.DataStreamWriter;
import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryStatus;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files to files with rejects, in several epochs, on disks that get full or are lost; then the
 * query is started again on a sound one.
 */
class FailingDiskTest {
  private static final int FILES = 2;

  @TempDir Path directory;
  private final List<String> rows = new ArrayList<>();
  private final List<String> rejects = new ArrayList<>();

  @BeforeEach
  void writeInput() {
    Fixture files = new Fixture(directory.resolve("in"));
    for (int i = 0; i < FILES; i++) {
      String bad = "{\"id\":" + i;
      String good = "{\"id\":1" + i + ",\"value\":2}\n";
      Path file = files.file("f" + i, good + bad + "\n" + good.repeat(i) + "{\"value\":1}\n");
      for (int row = 0; row <= i; row++) {
        rows.add("{\"id\":1" + i + "}");
      }
      String raw = Base64.getEncoder().encodeToString(bad.getBytes(StandardCharsets.UTF_8));
      rejects.add(file + "@" + good.length() + " " + raw);
    }
  }

  /** Runs the query to its end in directories of its own. */
  private void run(FailingDisk disk, String execution, String name) {
    try (Session session = DiskSession.open(disk, disk, execution)) {
      stream(session, name).start().awaitTermination();
    }
  }

  private DataStreamWriter stream(Session session, String name) {
    return session
        .readStream()
        .format("json")
        .schema("id BIGINT, value INT")
        .option("maxFilesPerTrigger", 1)
        .option("mode", "DROPMALFORMED")
        .option("rejectsTo", "json:" + directory.resolve(name, "rejects"))
        .load(directory.resolve("in").toString())
        .filter(col("value").gt(1))
        .select("id")
        .writeStream()
        .format("json")
        .option("path", directory.resolve(name, "out"))
        .option("checkpointLocation", directory.resolve(name, "ck"))
        .trigger(Trigger.availableNow());
  }

  private void requireExact(String name) {
    assertThat(lines(name, "out")).as(name).containsExactlyElementsOf(rows);
    assertThat(lines(name, "rejects").stream().map(FailingDiskTest::reject))
        .as(name)
        .containsExactlyElementsOf(rejects);
  }

  private static String reject(String line) {
    return line.replaceFirst(
        "\\{\"source\":\"(.*)\",\"offset\":(\\d+),\"reason\":\".+\",\"raw\":\"(.*)\"}", "$1@$2 $3");
  }

  /** The lines of all visible files, which must be whole. */
  private List<String> lines(String name, String output) {
    Path folder = directory.resolve(name, output);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        assertThat(text).endsWith("\n");
        text.lines().forEach(lines::add);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long steps(String execution) {
    FailingDisk sound = FailingDisk.sound();
    run(sound, execution, "sound");
    requireExact("sound");
    return sound.steps();
  }

  private static void requirePaused(
      StreamingQueryStatus status, Path where, boolean inEpoch, String reason) {
    assertThat(status.message())
        .startsWith("PAUSED_DISK_FULL: " + where)
        .contains(reason)
        .contains("millrace.diskReserve is 16777216");
    assertThat(status.isTriggerActive()).isEqualTo(inEpoch);
  }

  @ParameterizedTest
  @CsvSource({
    "fused, " + FailingDisk.NO_SPACE,
    "staged, " + FailingDisk.NO_SPACE,
    "fused, " + FailingDisk.QUOTA,
  })
  void fullDiskPausesTheQueryUntilThereIsRoom(String execution, String reason) {
    long steps = steps(execution);
    int pauses = 0;
    for (long step = 1; step <= steps; step++) {
      String name = "full-" + step;
      FailingDisk disk = FailingDisk.fullAtStep(step, reason);
      AtomicReference<StreamingQueryStatus> paused = new AtomicReference<>();
      StreamingQuery query;
      try (Session session = DiskSession.open(disk, disk, execution)) {
        disk.onLook(
            look -> {
              if (look == 2) {
                paused.set(session.streams().active().getFirst().status());
                disk.free(Long.MAX_VALUE);
              }
            });
        query = stream(session, name).start();
        query.awaitTermination();
      } catch (AnalysisException notStarted) {
        assertThat(pauses).as("only what is written before the start fails it").isZero();
        assertThat(notStarted)
            .hasMessageContaining(directory.resolve(name).toString())
            .hasMessageContaining(reason);
        assertThat(notStarted.code()).isEqualTo(ErrorCode.RESOURCES);
        run(FailingDisk.sound(), execution, name);
        requireExact(name);
        continue;
      }
      pauses++;
      requirePaused(paused.get(), directory.resolve(name), true, reason);
      assertThat(query.status().message()).isEqualTo("Stopped");
      assertThat(query.lastProgress().storage()).containsEntry("numDiskFullPauses", "1");
      requireExact(name);
    }
    assertThat(pauses).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void pausedQueryStopsAndItsRestartIsExact(String execution) throws InterruptedException {
    long steps = steps(execution);
    for (long step = 1; step <= steps; step++) {
      String name = "stopped-" + step;
      FailingDisk disk = FailingDisk.fullAtStep(step, FailingDisk.NO_SPACE);
      CountDownLatch paused = new CountDownLatch(2);
      disk.onLook(look -> paused.countDown());
      try (Session session = DiskSession.open(disk, disk, execution)) {
        StreamingQuery query = stream(session, name).start();
        paused.await();
        query.stop();
        assertThat(query.isActive()).isFalse();
        assertThat(query.exception()).as(name).isEmpty();
        assertThat(query.status().message()).isEqualTo("Stopped");
      } catch (AnalysisException notStarted) {
        assertThat(notStarted).hasMessageContaining(FailingDisk.NO_SPACE);
      }
      run(FailingDisk.sound(), execution, name);
      requireExact(name);
    }
  }

  @Test
  void pausedPollIsEndedByAStopOnAnotherThread() throws InterruptedException {
    long step = steps("fused");
    FailingDisk disk = FailingDisk.fullAtStep(step, FailingDisk.NO_SPACE);
    CountDownLatch paused = new CountDownLatch(2);
    disk.onLook(look -> paused.countDown());
    try (Session session = DiskSession.open(disk, disk, "fused")) {
      StreamingQuery query = stream(session, "polled").threads(Threads.CALLER).start();
      Thread poller = new Thread(query::processAllAvailable, "poller");
      poller.start();
      paused.await();
      query.stop();
      poller.join();
      assertThat(query.isActive()).isFalse();
      assertThat(query.exception()).isEmpty();
    }
    run(FailingDisk.sound(), "fused", "polled");
    requireExact("polled");
  }

  @ParameterizedTest
  @CsvSource({"fused, ENGINE", "staged, ENGINE", "fused, CALLER"})
  void epochDoesNotBeginWithoutTheReserve(String execution, Threads threads) {
    FailingDisk disk = FailingDisk.sound();
    disk.showUsable((16 << 20) - 1);
    AtomicReference<StreamingQueryStatus> paused = new AtomicReference<>();
    AtomicLong stepsBefore = new AtomicLong();
    AtomicLong stepsPaused = new AtomicLong();
    try (Session session = DiskSession.open(disk, disk, execution)) {
      disk.onLook(
          look -> {
            if (look == 1) {
              stepsBefore.set(disk.steps());
            } else if (look == 3) {
              stepsPaused.set(disk.steps());
              paused.set(session.streams().active().getFirst().status());
              disk.free(16 << 20);
              disk.onLook(later -> {});
            }
          });
      StreamingQuery query = stream(session, "low").threads(threads).start();
      query.processAllAvailable();
      assertThat(query.recentProgress().getFirst().storage())
          .containsEntry("numDiskFullPauses", "1");
    }
    requirePaused(paused.get(), directory.resolve("low", "ck"), false, "16777215 bytes");
    assertThat(stepsPaused).hasValue(stepsBefore.get());
    requireExact("low");
  }

  @Test
  void reserveOfZeroAsksForNone() {
    FailingDisk disk = FailingDisk.sound();
    disk.showUsable(0);
    try (Session session = DiskSession.open(disk, disk, Map.of("millrace.diskReserve", "0"))) {
      StreamingQuery query = stream(session, "none").start();
      query.awaitTermination();
      assertThat(query.lastProgress().storage()).isEmpty();
    }
    requireExact("none");
  }

  @Test
  void cutEndOfTheJournalShowsInProgress() throws IOException {
    Path late = directory.resolve("in", "f1");
    byte[] bytes = Files.readAllBytes(late);
    Files.delete(late);
    run(FailingDisk.sound(), "fused", "torn");
    Path journal;
    try (Stream<Path> files = Files.list(directory.resolve("torn", "ck", "offsets"))) {
      journal = files.max(Comparator.naturalOrder()).orElseThrow();
    }
    long sizeBytes = Files.size(journal);
    Files.write(journal, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    Files.write(late, bytes);
    FailingDisk disk = FailingDisk.sound();
    try (Session session = DiskSession.open(disk, disk, "fused")) {
      StreamingQuery query = stream(session, "torn").start();
      query.awaitTermination();
      assertThat(query.recentProgress().getFirst().storage())
          .containsEntry("recoveryCutFile", journal.toString())
          .containsEntry("recoveryCutPosition", Long.toString(sizeBytes))
          .containsEntry("recoveryCutBytes", "3")
          .containsKey("recoveryCutReason");
      assertThat(query.lastProgress().json()).contains("\"storage\":{\"recoveryCutBytes\":\"3\"");
    }
    requireExact("torn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void processThatDiesAnywhereLosesAndRepeatsNothing(String execution) {
    boolean died = true;
    for (int point = 1; died; point++) {
      String name = "point-" + point;
      FailingDisk disk = FailingDisk.lostAtPoint(point);
      MillraceException failure =
          catchThrowableOfType(MillraceException.class, () -> run(disk, execution, name));
      died = disk.isLost();
      assertThat(failure != null).isEqualTo(died);
      List<String> visible = lines(name, "out");
      assertThat(rows.subList(0, visible.size())).as("visible, " + name).isEqualTo(visible);
      run(FailingDisk.sound(), execution, name);
      requireExact(name);
    }
  }
}
