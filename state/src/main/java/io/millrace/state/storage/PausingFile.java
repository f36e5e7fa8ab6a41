package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file of a {@link PausingStorage}. */
final class PausingFile implements StorageFile {
  private final Path path;
  private final StorageFile file;
  private final RoomWait wait;

  PausingFile(Path path, StorageFile file, RoomWait wait) {
    this.path = path;
    this.file = file;
    this.wait = wait;
  }

  private void attempt(Runnable operation) {
    PausingStorage.attempt(
        wait,
        path,
        () -> {
          operation.run();
          return null;
        });
  }

  @Override
  public int read(ByteBuffer into, long position) {
    return file.read(into, position);
  }

  /** All bytes are written again, also those that a failed attempt may have written. */
  @Override
  public void write(ByteBuffer from, long position) {
    int start = from.position();
    try {
      file.write(from, position); // mostly there is room, and then this makes no object
    } catch (StorageFullException full) {
      wait.repeat(
          path,
          full,
          () -> {
            from.position(start);
            file.write(from, position);
            return null;
          });
    }
  }

  @Override
  public void force() {
    file.force();
  }

  @Override
  public void allocate(long position, long sizeBytes) {
    attempt(() -> file.allocate(position, sizeBytes));
  }

  @Override
  public void truncate(long sizeBytes) {
    attempt(() -> file.truncate(sizeBytes));
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public void close() {
    file.close();
  }
}
