package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Real files without real forces, of which the n-th call fails, or that and every later one. */
public final class FailingStorage extends ForwardingStorage {
  private final int failing;
  private final boolean sticky;
  private int calls;

  /**
   * @param failing 1 for the first call
   */
  public FailingStorage(int failing, boolean sticky) {
    this.failing = failing;
    this.sticky = sticky;
  }

  /** Whether a call has failed. */
  public boolean hasFailed() {
    return calls >= failing;
  }

  private void call(Path path, String operation) {
    calls++;
    if (calls == failing || sticky && calls > failing) {
      throw new MillraceException(
          ErrorCode.RESOURCES, path + ": " + operation + ": input/output error");
    }
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    call(path, "open");
    return new ForwardingFile(super.open(path, mode)) {
      @Override
      public int read(ByteBuffer into, long position) {
        call(path, "read");
        return super.read(into, position);
      }

      @Override
      public void write(ByteBuffer from, long position) {
        int half = from.remaining() / 2;
        if (calls + 1 == failing) {
          super.write(from.slice(from.position(), half), position);
        }
        call(path, "write");
        super.write(from, position);
      }

      @Override
      public void force() {
        call(path, "force");
      }

      @Override
      public void allocate(long position, long sizeBytes) {
        call(path, "allocate");
        super.allocate(position, sizeBytes);
      }

      @Override
      public void truncate(long sizeBytes) {
        call(path, "truncate");
        super.truncate(sizeBytes);
      }
    };
  }

  @Override
  public List<StorageEntry> list(Path directory) {
    call(directory, "list");
    return super.list(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    call(to, "rename");
    super.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    call(path, "delete");
    super.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    call(directory, "create directory");
    super.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) {
    call(directory, "force directory");
  }

  @Override
  public StorageLock lock(Path file) {
    call(file, "lock");
    return super.lock(file);
  }
}
