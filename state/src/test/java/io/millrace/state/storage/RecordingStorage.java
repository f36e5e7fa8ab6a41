package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Tells a {@link DiskModel} of every force, and somebody of every moment between two steps. */
public final class RecordingStorage extends ForwardingStorage {
  private final DiskModel disk;
  private final Runnable step;

  /**
   * @param step called before and after each step that changes a file or a name
   */
  public RecordingStorage(DiskModel disk, Runnable step) {
    this.disk = disk;
    this.step = step;
  }

  private void changing(Runnable change) {
    step.run();
    change.run();
    step.run();
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return new ForwardingFile(super.open(path, mode)) {
      @Override
      public void write(ByteBuffer from, long position) {
        changing(() -> super.write(from, position));
      }

      @Override
      public void truncate(long sizeBytes) {
        changing(() -> super.truncate(sizeBytes));
      }

      @Override
      public void force() {
        step.run();
        disk.forced(path.toAbsolutePath());
        step.run();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) {
    changing(() -> super.rename(from, to));
  }

  @Override
  public void delete(Path path) {
    changing(() -> super.delete(path));
  }

  @Override
  public void forceDirectory(Path directory) {
    step.run();
    disk.forcedDirectory(directory.toAbsolutePath());
    step.run();
  }
}
