package io.millrace.connectors.files;

import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.StorageFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's files, and how many of them are open. */
final class OpenFiles extends ForwardingStorage {
  final AtomicInteger open = new AtomicInteger();

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    open.incrementAndGet();
    return new Counted(super.open(path, mode));
  }

  private final class Counted implements StorageFile {
    private final StorageFile file;
    private boolean closed;

    Counted(StorageFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      if (closed) {
        throw new IllegalStateException("read after close");
      }
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
      if (closed) {
        throw new IllegalStateException("closed twice");
      }
      closed = true;
      file.close();
      open.decrementAndGet();
    }
  }
}
