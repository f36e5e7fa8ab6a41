package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausingStorageTest {
  @TempDir Path directory;
  private final FullStorage disk = new FullStorage();
  private final List<Path> waits = new ArrayList<>();
  private final Storage storage = new PausingStorage(disk, new FreeingWait());

  /** Real files; everything that may need room fails while it is full. */
  private static final class FullStorage extends ForwardingStorage {
    private boolean full;

    private void requireRoom() {
      if (full) {
        throw new StorageFullException("full", null);
      }
    }

    @Override
    public StorageFile open(Path path, OpenMode mode) {
      requireRoom();
      return new ForwardingFile(super.open(path, mode)) {
        @Override
        public void write(ByteBuffer from, long position) {
          if (full) {
            super.write(from.slice(from.position(), 2), position);
            from.position(from.position() + 2);
          }
          requireRoom();
          super.write(from, position);
        }

        @Override
        public void truncate(long sizeBytes) {
          requireRoom();
          super.truncate(sizeBytes);
        }

        @Override
        public void force() {
          requireRoom();
        }
      };
    }

    @Override
    public void rename(Path from, Path to) {
      requireRoom();
      super.rename(from, to);
    }

    @Override
    public void delete(Path path) {
      requireRoom();
      super.delete(path);
    }

    @Override
    public void createDirectories(Path path) {
      requireRoom();
      super.createDirectories(path);
    }

    @Override
    public void forceDirectory(Path path) {
      requireRoom();
    }

    @Override
    public StorageLock lock(Path file) {
      requireRoom();
      return super.lock(file);
    }
  }

  /** Makes room at once. */
  private final class FreeingWait implements RoomWait {
    @Override
    public <T> T repeat(Path path, StorageFullException failure, Supplier<T> operation) {
      assertThatThrownBy(operation::get).isInstanceOf(StorageFullException.class);
      waits.add(path);
      disk.full = false;
      return operation.get();
    }
  }

  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = Files.writeString(directory.resolve("file"), "12");
    disk.full = true;
  }

  @Test
  void writeIsRepeatedFromItsStart() throws Exception {
    try (StorageFile opened = storage.open(file, OpenMode.WRITE)) {
      assertThat(waits).as("opening may make a file").containsExactly(file);
      disk.full = true;
      ByteBuffer bytes = ByteBuffer.wrap("-abcdef-".getBytes(StandardCharsets.US_ASCII), 1, 6);
      opened.write(bytes, 2);
      assertThat(bytes.remaining()).isZero();
      assertThat(Files.readString(file)).isEqualTo("12abcdef");
      disk.full = true;
      opened.truncate(3);
      assertThat(Files.readString(file)).isEqualTo("12a");
    }
    assertThat(waits).containsExactly(file, file, file);
  }

  @Test
  void namesAreChangedWhenThereIsRoom() {
    Path made = directory.resolve("a/b");
    storage.createDirectories(made);
    disk.full = true;
    Path moved = made.resolve("moved");
    storage.rename(file, moved);
    assertThat(Files.exists(moved)).isTrue();
    disk.full = true;
    storage.delete(moved);
    assertThat(Files.exists(moved)).isFalse();
    disk.full = true;
    Path lock = made.resolve("lock");
    storage.lock(lock).close();
    assertThat(waits).containsExactly(made, moved, moved, lock);
  }

  @Test
  void forceIsNotRepeated() {
    disk.full = false;
    try (StorageFile opened = storage.open(file, OpenMode.WRITE)) {
      disk.full = true;
      assertThatThrownBy(opened::force).isInstanceOf(StorageFullException.class);
      assertThatThrownBy(() -> storage.forceDirectory(directory))
          .isInstanceOf(StorageFullException.class);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void failureThatIsNotForWantOfRoomIsNotRepeated() {
    disk.full = false;
    assertThatThrownBy(() -> storage.rename(directory.resolve("none"), file))
        .hasMessageContaining("no such file");
    assertThat(waits).isEmpty();
  }
}
