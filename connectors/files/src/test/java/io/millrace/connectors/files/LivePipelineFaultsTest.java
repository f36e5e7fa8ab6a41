package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.FailingStorage;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.FailingMemory;
import java.nio.file.Path;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stateful query over an inlet, with either trigger, whose process dies, whose disk fails or is
 * full, or that finds no memory; it goes on with the other trigger, and its output is that of one
 * run in which nothing fails, row for row.
 */
@Timeout(240)
class LivePipelineFaultsTest {
  private static final int HITS = 5;

  @TempDir(factory = MemoryDisk.class)
  private Path directory;

  private LivePipeline sound;

  private LivePipeline sound(boolean toFiles) {
    if (sound == null) {
      sound = new LivePipeline(directory.resolve("sound"), toFiles);
      run(sound, FailingDisk.sound(), false, 0);
      assertThat(sound.rows()).hasSizeGreaterThan(15);
      assertThat(sound.late()).hasSizeGreaterThan(3);
    }
    return sound;
  }

  private static Map<String, String> settings(int variant) {
    return Map.of(
        "millrace.durability",
        variant % 4 == 3 ? "process" : "disk",
        "millrace.journal.blockSize",
        "64k",
        "millrace.snapshot.deltas",
        "2",
        "millrace.snapshot.minBytes",
        "1");
  }

  private static void run(
      LivePipeline pipeline, FailingDisk disk, boolean continuous, int variant) {
    try (Session session = DiskSession.open(disk, disk, settings(variant))) {
      pipeline.run(session, continuous);
    }
  }

  private void requireExact(LivePipeline pipeline, boolean toFiles, String name) {
    assertThat(pipeline.rows()).as(name).containsExactlyElementsOf(sound(toFiles).rows());
    assertThat(pipeline.late()).as(name).containsExactlyElementsOf(sound(toFiles).late());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyRowComesOnceWhereverTheProcessDies(boolean toFiles) {
    for (CrashPoint point : CrashPoint.values()) {
      for (int hit = 1; hit <= HITS; hit++) {
        boolean continuous = (hit + point.ordinal() / 2) % 2 == 0;
        String name = point + "-" + hit + (continuous ? " continuous" : " micro-batch");
        LivePipeline pipeline = new LivePipeline(directory.resolve(name), toFiles);
        die(pipeline, FailingDisk.lostAt(point, hit), continuous, hit);
        assertThat(sound(toFiles).rows()).as(name).containsAll(pipeline.rows());
        die(pipeline, FailingDisk.lostAt(point, hit), !continuous, hit + 1);
        run(pipeline, FailingDisk.sound(), continuous, hit + 1);
        requireExact(pipeline, toFiles, name);
      }
    }
  }

  private static void die(
      LivePipeline pipeline, FailingDisk disk, boolean continuous, int variant) {
    try {
      run(pipeline, disk, continuous, variant);
    } catch (MillraceException e) {
      assertThat(e).hasStackTraceContaining("the process is dead");
      assertThat(disk.isLost()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatFailsEndsTheQueryAndLosesNothing(boolean toFiles) {
    boolean failed = true;
    for (int call = 1; failed; call += 1 + call / 20) {
      String name = "call-" + call;
      boolean continuous = call % 2 == 0;
      LivePipeline pipeline = new LivePipeline(directory.resolve(name), toFiles);
      FailingStorage storage = new FailingStorage(call, call % 3 == 0);
      try (Session session = DiskSession.open(storage, CrashPoints.NONE, settings(0))) {
        Throwable failure = catchThrowable(() -> pipeline.run(session, continuous));
        if (failure != null) {
          assertThat(failure).as(name).isInstanceOf(MillraceException.class);
          assertThat(storage.hasFailed()).as(name).isTrue();
        }
      }
      failed = storage.hasFailed();
      run(pipeline, FailingDisk.sound(), !continuous, 0);
      requireExact(pipeline, toFiles, name);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullDiskPausesTheQueryUntilThereIsRoom(boolean toFiles) {
    FailingDisk counting = FailingDisk.sound();
    run(new LivePipeline(directory.resolve("steps"), toFiles), counting, true, 0);
    for (long step = 1; step <= counting.steps(); step += 1 + step / 20) {
      String name = "full-" + step;
      LivePipeline pipeline = new LivePipeline(directory.resolve(name), toFiles);
      FailingDisk disk = FailingDisk.fullAtStep(step, FailingDisk.NO_SPACE);
      disk.onLook(
          look -> {
            if (look == 2) {
              disk.free(Long.MAX_VALUE);
            }
          });
      try {
        run(pipeline, disk, step % 4 != 0, 0);
      } catch (MillraceException notStarted) {
        assertThat(notStarted).as(name).hasMessageContaining(FailingDisk.NO_SPACE);
        run(pipeline, FailingDisk.sound(), step % 4 == 0, 0);
      }
      requireExact(pipeline, toFiles, name);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMissingPieceOfMemoryEndsTheQueryAndNothingLeaks(boolean toFiles) {
    boolean failed = true;
    for (int number = 1; failed; number += 1 + number / 20) {
      String name = "allocation-" + number;
      LivePipeline pipeline = new LivePipeline(directory.resolve(name), toFiles);
      FailingMemory memory = new FailingMemory(number);
      BufferAllocator allocator = new RootAllocator(memory, Long.MAX_VALUE);
      boolean continuous = number % 2 == 0;
      try (Session session =
          DiskSession.open(FailingDisk.sound(), CrashPoints.NONE, settings(0), allocator)) {
        Throwable failure = catchThrowable(() -> pipeline.run(session, continuous));
        failed = memory.failed();
        memory.enough();
        if (failure != null) {
          assertThat(failure).as(name).isInstanceOf(MillraceException.class);
          assertThat(failed).as(name).isTrue();
          FailingMemory.requireClear((MillraceException) failure);
        }
      }
      assertThat(allocator.getAllocatedMemory()).as(name).isZero();
      run(pipeline, FailingDisk.sound(), !continuous, 0);
      requireExact(pipeline, toFiles, name);
    }
  }
}
