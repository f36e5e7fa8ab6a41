package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  private final Storage storage = new LocalStorage();

  @TempDir Path directory;

  @Test
  void bytesComeBackFromWhereTheyWereWritten() {
    byte[] bytes = new byte[(2 << 20) + 17];
    new Random(7).nextBytes(bytes);
    try (StorageFile file = storage.open(directory.resolve("a"), OpenMode.CREATE_NEW)) {
      file.write(ByteBuffer.wrap(bytes), 5);
      file.force();
      assertThat(file.size()).isEqualTo(bytes.length + 5);
      ByteBuffer read = ByteBuffer.allocateDirect(bytes.length + 10);
      read.position(3);
      assertThat(file.read(read, 5)).isEqualTo(bytes.length);
      byte[] copy = new byte[bytes.length];
      read.get(3, copy);
      assertThat(copy).isEqualTo(bytes);
      assertThat(file.read(ByteBuffer.allocate(1), file.size())).isZero();
      file.truncate(4);
      assertThat(file.size()).isEqualTo(4);
    }
  }

  @Test
  void modesSayWhetherAFileMustExist() throws IOException {
    Path file = directory.resolve("a");
    assertThatThrownBy(() -> storage.open(file, OpenMode.WRITE))
        .hasMessage(file + ": open: no such file or directory: " + file);
    Files.writeString(file, "abc");
    try (StorageFile kept = storage.open(file, OpenMode.CREATE)) {
      assertThat(kept.size()).isEqualTo(3);
    }
    assertThatThrownBy(() -> storage.open(file, OpenMode.CREATE_NEW))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void listingIsOrderedByNameAndLooksAtEach() throws IOException {
    Files.createDirectory(directory.resolve("m"));
    Files.writeString(directory.resolve("z"), "12345");
    Files.writeString(directory.resolve("a b%#ü="), "");
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
    Files.setLastModifiedTime(
        directory.resolve("z"), FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_000)));
    assertThat(storage.list(directory))
        .extracting(entry -> entry.path().getFileName().toString())
        .containsExactly("a b%#ü=", "m", "z");
    assertThat(storage.list(directory).get(1).directory()).isTrue();
    assertThat(storage.list(directory).get(2))
        .isEqualTo(new StorageEntry(directory.resolve("z"), false, 5, 1_700_000_000_123_456L))
        .isEqualTo(storage.entry(directory.resolve("z")).orElseThrow());
    assertThat(storage.exists(directory.resolve("dangling"))).isFalse();
  }

  @Test
  void renameReplacesAndDeleteToleratesNothing() throws IOException {
    Files.writeString(directory.resolve("a"), "new");
    Files.writeString(directory.resolve("b"), "old");
    storage.rename(directory.resolve("a"), directory.resolve("b"));
    assertThat(directory.resolve("b")).hasContent("new");
    assertThat(directory.resolve("a")).doesNotExist();
    storage.delete(directory.resolve("b"));
    storage.delete(directory.resolve("b"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfADirectoryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("ck"), "");
    assertThatThrownBy(() -> storage.createDirectories(file))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES))
        .hasMessage(
            file
                + ": create directory: "
                + file
                + " is not a directory; remove the file or choose another place");
    assertThatThrownBy(() -> storage.createDirectories(file.resolve("alerts")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("ck is not a directory");
    assertThatThrownBy(() -> storage.list(file))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("not a directory");
    storage.createDirectories(directory.resolve("x/y/z"));
    storage.createDirectories(directory.resolve("x/y/z"));
    assertThat(directory.resolve("x/y/z")).isDirectory();
  }

  @Test
  void aPendingInterruptNeitherClosesTheFileNorGetsLost() {
    try (StorageFile file = storage.open(directory.resolve("a"), OpenMode.CREATE)) {
      Thread.currentThread().interrupt();
      file.write(ByteBuffer.wrap(new byte[3]), 0);
      file.force();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.size()).isEqualTo(3);
    }
  }

  @Test
  void aLockKeepsOthersOutUntilItIsClosed() throws IOException {
    Path file = directory.resolve("lock");
    String pid = "pid " + ProcessHandle.current().pid();
    try (StorageLock first = storage.lock(file)) {
      assertThat(first).isNotNull();
      Path alias = directory.resolve("../" + directory.getFileName() + "/lock");
      assertThatThrownBy(() -> storage.lock(alias))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
          .hasMessageContaining("locked by this process, " + pid);
      assertThat(LockAttempt.run(file))
          .as("the second attempt in this process must not have dropped the lock")
          .contains("locked by another process, " + pid);
    }
    assertThat(LockAttempt.run(file)).isEqualTo("got LocalLock");
    storage.lock(file).close();
  }

  @Test
  void usableBytesAreThoseOfTheNearestDirectory() {
    long usableBytes = storage.usableBytes(directory.resolve("not/there"));
    assertThat(usableBytes).isBetween(1L, directory.toFile().getTotalSpace());
    assertThat(storage.usableBytes(Path.of("/proc/self")))
        .as("a file system that does not tell")
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void writeToAFullDeviceSaysSo() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
    try (StorageFile file = storage.open(Path.of("/dev/full"), OpenMode.WRITE)) {
      assertThatThrownBy(() -> file.write(bytes, 0))
          .isInstanceOf(StorageFullException.class)
          .hasMessageStartingWith("/dev/full: write: ");
    }
  }
}
