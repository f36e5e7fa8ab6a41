package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.StorageFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A disk that is full after some bytes: the write that meets the end is cut short. Or one that the
 * process loses at a crash point, as if it had died: nothing is changed from then on.
 */
final class FailingDisk extends ForwardingStorage implements CrashPoints {
  private long bytesLeft;
  private long pointsLeft;
  private volatile boolean lost;

  private FailingDisk(long bytesLeft, long pointsLeft) {
    this.bytesLeft = bytesLeft;
    this.pointsLeft = pointsLeft;
  }

  static FailingDisk sound() {
    return new FailingDisk(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  static FailingDisk ofBytes(long bytes) {
    return new FailingDisk(bytes, Long.MAX_VALUE);
  }

  static FailingDisk lostAtPoint(long number) {
    return new FailingDisk(Long.MAX_VALUE, number);
  }

  boolean isLost() {
    return lost;
  }

  /** What was written, on a disk that was sound. */
  long bytesUsed() {
    return Long.MAX_VALUE - bytesLeft;
  }

  @Override
  public synchronized void reached(CrashPoint point) {
    requireThere();
    if (--pointsLeft <= 0) {
      lost = true;
      requireThere();
    }
  }

  private void requireThere() {
    if (lost) {
      throw new MillraceException(ErrorCode.RESOURCES, "the process is dead");
    }
  }

  /** How many of the bytes fit. */
  private synchronized int take(int wanted) {
    int taken = (int) Math.min(bytesLeft, wanted);
    bytesLeft -= taken;
    return taken;
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    requireThere();
    return new FailingFile(path, super.open(path, mode));
  }

  @Override
  public void rename(Path from, Path to) {
    requireThere();
    super.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    requireThere();
    super.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    requireThere();
    super.createDirectories(directory);
  }

  private final class FailingFile implements StorageFile {
    private final Path path;
    private final StorageFile file;

    FailingFile(Path path, StorageFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer from, long position) {
      requireThere();
      int wanted = from.remaining();
      int fits = take(wanted);
      file.write(from.slice(from.position(), fits), position);
      if (fits < wanted) {
        throw new MillraceException(
            ErrorCode.RESOURCES, path + ": write: No space left on device; free some space");
      }
      from.position(from.limit());
    }

    @Override
    public int read(ByteBuffer into, long position) {
      return file.read(into, position);
    }

    @Override
    public void force() {
      requireThere();
      file.force();
    }

    @Override
    public void truncate(long sizeBytes) {
      requireThere();
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
