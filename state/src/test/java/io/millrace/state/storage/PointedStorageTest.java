package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watchman is watched: it must see each way to leave out a point. */
class PointedStorageTest {
  @TempDir Path directory;
  private final PointedStorage storage = new PointedStorage();

  private void wrong(Runnable step) {
    int before = storage.failures();
    step.run();
    assertThat(storage.failures()).isEqualTo(before + 1);
  }

  @Test
  void everyKindOfStepWithoutItsPointIsSeen() {
    Path path = directory.resolve("a");
    try (StorageFile file = storage.open(path, OpenMode.CREATE)) {
      wrong(() -> file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0));
      wrong(() -> file.truncate(1));
      wrong(file::force);
    }
    wrong(() -> storage.forceDirectory(directory));
    wrong(() -> storage.rename(path, directory.resolve("b")));
    wrong(() -> storage.delete(directory.resolve("b")));
    assertThatThrownBy(storage::requireAllPointed).hasMessageContaining("write " + path);
  }

  @Test
  void pointOfAnotherKindDoesNotCount() {
    storage.reached(CrashPoint.BEFORE_SINK_COMMIT);
    wrong(() -> storage.delete(directory.resolve("a")));
    storage.reached(CrashPoint.BEFORE_FORCE);
    wrong(() -> storage.delete(directory.resolve("a")));
  }

  @Test
  void pointCountsForOneStep() {
    storage.reached(CrashPoint.BEFORE_FORCE);
    storage.forceDirectory(directory);
    wrong(() -> storage.forceDirectory(directory));
    wrong(() -> storage.reached(CrashPoint.AFTER_DELETE));
    wrong(() -> storage.forceDirectory(directory));
    wrong(() -> storage.reached(CrashPoint.AFTER_FORCE));
  }

  @Test
  void bytesThatChangeWithoutACallAreSeen() throws IOException {
    Path path = directory.resolve("queue.cq4");
    storage.open(path, OpenMode.CREATE).close();
    Files.write(path, new byte[] {0, 0}); // room
    storage.reached(CrashPoint.BEFORE_APPEND);
    Files.write(path, new byte[] {1, 0});
    storage.reached(CrashPoint.AFTER_APPEND);
    assertThat(storage.requireAllPointed()).containsExactly(CrashPoint.BEFORE_APPEND);
    Files.write(path, new byte[] {1, 1});
    wrong(() -> storage.reached(CrashPoint.BEFORE_APPEND));
  }

  @Test
  void stepsBetweenTheirPointsAreRight() {
    WholeFile.write(storage, storage, directory.resolve("a"), new byte[2], true);
    WholeFile.write(storage, storage, directory.resolve("a"), new byte[1], true);
    DurableSteps.delete(storage, storage, directory.resolve("a"));
    assertThat(storage.requireAllPointed())
        .containsExactlyInAnyOrder(
            CrashPoint.BEFORE_FILE_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.BEFORE_RENAME,
            CrashPoint.BEFORE_DELETE);
  }
}
