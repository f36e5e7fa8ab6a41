package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Real files; a test overrides what it wants to break. */
public class ForwardingStorage implements Storage {
  private final Storage files = new LocalStorage();

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return files.open(path, mode);
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    return files.entry(path);
  }

  @Override
  public List<StorageEntry> list(Path directory) {
    return files.list(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    files.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    files.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    files.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) {
    files.forceDirectory(directory);
  }

  @Override
  public long usableBytes(Path path) {
    return files.usableBytes(path);
  }

  @Override
  public StorageLock lock(Path file) {
    return files.lock(file);
  }

  /** A real file; a test overrides what it wants to break. */
  public static class ForwardingFile implements StorageFile {
    private final StorageFile file;

    public ForwardingFile(StorageFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      return file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) {
      file.write(from, position);
    }

    @Override
    public void force() {
      file.force();
    }

    @Override
    public void allocate(long position, long sizeBytes) {
      file.allocate(position, sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) {
      file.truncate(sizeBytes);
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
}
