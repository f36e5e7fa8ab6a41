package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaves as a disk does, changes nothing behind it, and knows what a crash leaves. */
class SimulatedDiskTest {
  @TempDir Path directory;
  private SimulatedDisk disk;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("old"), "behind");
    disk = new SimulatedDisk(new LocalStorage(), () -> 7);
  }

  private StorageFile write(String name, String text, boolean forced) {
    StorageFile file = disk.open(directory.resolve(name), OpenMode.CREATE);
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    if (forced) {
      file.force();
    }
    return file;
  }

  private String text(Storage storage, String name) {
    return new String(WholeFile.read(storage, directory.resolve(name)), StandardCharsets.UTF_8);
  }

  private static List<String> names(Storage storage, Path folder) {
    return storage.list(folder).stream().map(e -> e.path().getFileName().toString()).toList();
  }

  private List<String> realNames() {
    return names(new LocalStorage(), directory);
  }

  @Test
  void whatIsWrittenRenamedAndDeletedStaysInMemory() {
    write("old", "changed", true).close();
    write("new", "abc", true).close();
    disk.rename(directory.resolve("new"), directory.resolve("renamed"));
    assertThat(text(disk, "old")).isEqualTo("changed");
    assertThat(names(disk, directory)).containsExactly("old", "renamed");
    disk.delete(directory.resolve("old"));
    disk.createDirectories(directory.resolve("a/b"));
    assertThat(names(disk, directory)).containsExactly("a", "renamed");
    assertThat(disk.exists(directory.resolve("old"))).isFalse();
    assertThat(realNames()).containsExactly("old");
    assertThat(text(new LocalStorage(), "old")).isEqualTo("behind");
  }

  @Test
  void aFileBehindCanBeRenamedAway() {
    disk.rename(directory.resolve("old"), directory.resolve("other"));
    assertThat(names(disk, directory)).containsExactly("other");
    assertThat(text(disk, "other")).isEqualTo("behind");
    assertThat(realNames()).containsExactly("old");
  }

  @Test
  void aPowerCutLeavesWhatWasForced() {
    StorageFile kept = write("kept", "123", true);
    kept.write(ByteBuffer.wrap(new byte[] {'x', 'y'}), 1);
    write("unnamed", "forced, but not its name", true);
    disk.forceDirectory(directory);
    write("later", "456", true);
    kept.write(ByteBuffer.wrap(new byte[] {'!'}), 3);
    SimulatedDisk cut = disk.afterPowerCut();
    assertThat(names(cut, directory)).containsExactly("kept", "old", "unnamed");
    assertThat(text(cut, "kept")).isEqualTo("123");
    SimulatedDisk killed = disk.afterKill();
    assertThat(names(killed, directory)).containsExactly("kept", "later", "old", "unnamed");
    assertThat(text(killed, "kept")).isEqualTo("1xy!");
  }

  @Test
  void aPowerCutUndoesNamesThatWereNotForced() {
    write("a", "first", true).close();
    disk.forceDirectory(directory);
    write("b", "second", true).close();
    disk.rename(directory.resolve("b"), directory.resolve("a"));
    disk.delete(directory.resolve("old"));
    assertThat(text(disk.afterPowerCut(), "a")).isEqualTo("first");
    assertThat(text(disk.afterPowerCut(), "old")).isEqualTo("behind");
    disk.forceDirectory(directory);
    assertThat(text(disk.afterPowerCut(), "a")).isEqualTo("second");
    assertThat(names(disk.afterPowerCut(), directory)).containsExactly("a");
  }

  @Test
  void whatACrashLeavesIsACopy() {
    StorageFile file = write("a", "one", true);
    SimulatedDisk killed = disk.afterKill();
    file.write(ByteBuffer.wrap(new byte[] {'T'}), 0);
    file.force();
    assertThat(text(killed, "a")).isEqualTo("one");
    assertThat(text(killed.afterPowerCut(), "a")).as("what was left is safe").isEqualTo("one");
  }

  @Test
  void cutAndGrownBytesAreZero() {
    StorageFile file = write("a", "12345", true);
    file.truncate(2);
    file.allocate(0, 4);
    assertThat(file.size()).isEqualTo(4);
    assertThat(text(disk, "a")).isEqualTo("12\0\0");
    file.force();
    disk.forceDirectory(directory);
    assertThat(text(disk.afterPowerCut(), "a")).isEqualTo("12\0\0");
    assertThat(file.read(ByteBuffer.allocate(9), 1)).isEqualTo(3);
    assertThat(file.read(ByteBuffer.allocate(9), 5)).isZero();
  }

  @Test
  void refusesAsARealOneDoes() {
    Path none = directory.resolve("none/file");
    assertThatThrownBy(() -> disk.open(none, OpenMode.CREATE))
        .hasMessage(none + ": open: no such file or directory: " + none);
    assertThatThrownBy(() -> disk.open(none, OpenMode.WRITE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> disk.open(directory.resolve("old"), OpenMode.CREATE_NEW))
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> disk.createDirectories(directory.resolve("old/folder")))
        .hasMessageContaining("old is not a directory");
    write("a", "", true).close();
    disk.createDirectories(directory.resolve("full/one"));
    assertThatThrownBy(() -> disk.delete(directory.resolve("full")))
        .hasMessageContaining("is not empty");
    StorageFile closed = write("a", "", true);
    closed.close();
    assertThatThrownBy(closed::size).hasMessageContaining("the file is closed");
  }

  @Test
  void aLockIsHeldOnce() {
    Path lock = directory.resolve("lock");
    StorageLock held = disk.lock(lock);
    assertThatThrownBy(() -> disk.lock(lock))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT));
    assertThat(disk.lockHolder(lock)).isPresent();
    assertThat(disk.afterKill().lockHolder(lock)).isEmpty();
    held.close();
    disk.lock(lock).close();
    assertThat(directory.resolve("lock")).doesNotExist();
  }
}
