package io.millrace.state.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Waits where another storage has no room, so that whoever writes need not know: an operation that
 * fails with a {@link StorageFullException} is done again as a {@link RoomWait} says. That is safe
 * because each of them names what it changes; a force, whose failure is final, never fails so.
 */
public final class PausingStorage implements Storage {
  private final Storage storage;
  private final RoomWait wait;

  public PausingStorage(Storage storage, RoomWait wait) {
    this.storage = storage;
    this.wait = wait;
  }

  static <T> T attempt(RoomWait wait, Path path, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (StorageFullException full) {
      return wait.repeat(path, full, operation);
    }
  }

  private void attempt(Path path, Runnable operation) {
    attempt(
        wait,
        path,
        () -> {
          operation.run();
          return null;
        });
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return mode == OpenMode.READ
        ? storage.open(path, mode)
        : new PausingFile(path, attempt(wait, path, () -> storage.open(path, mode)), wait);
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    return storage.entry(path);
  }

  @Override
  public List<StorageEntry> list(Path directory) {
    return storage.list(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    attempt(to, () -> storage.rename(from, to));
  }

  @Override
  public void delete(Path path) {
    attempt(path, () -> storage.delete(path));
  }

  @Override
  public void createDirectories(Path directory) {
    attempt(directory, () -> storage.createDirectories(directory));
  }

  @Override
  public void forceDirectory(Path directory) {
    storage.forceDirectory(directory);
  }

  @Override
  public StorageLock lock(Path file) {
    return attempt(wait, file, () -> storage.lock(file));
  }

  @Override
  public Optional<String> lockHolder(Path file) {
    return storage.lockHolder(file);
  }

  @Override
  public long usableBytes(Path path) {
    return storage.usableBytes(path);
  }

  @Override
  public boolean isWritable(Path path) {
    return storage.isWritable(path);
  }

  @Override
  public Storage withoutWaiting() {
    return storage.withoutWaiting();
  }
}
