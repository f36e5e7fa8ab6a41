package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageFullException;
import io.millrace.state.storage.StorageLock;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * A disk that is full from its n-th step on, until somebody makes room; a write that meets the end
 * is cut short. Or one that the process loses at a crash point, as if it had died: nothing is
 * changed from then on.
 */
final class FailingDisk extends ForwardingStorage implements CrashPoints {
  static final String NO_SPACE = "No space left on device";
  static final String QUOTA = "Disk quota exceeded";

  private final long fullAtStep;
  private final String reason;
  private long pointsLeft;
  private long steps;
  private int looks;
  private boolean full;
  private long usableBytes = Long.MAX_VALUE;
  private volatile boolean lost;
  private volatile IntConsumer onLook = number -> {};

  private FailingDisk(long fullAtStep, String reason, long pointsLeft) {
    this.fullAtStep = fullAtStep;
    this.reason = reason;
    this.pointsLeft = pointsLeft;
  }

  static FailingDisk sound() {
    return fullAtStep(Long.MAX_VALUE, NO_SPACE);
  }

  static FailingDisk fullAtStep(long number, String reason) {
    return new FailingDisk(number, reason, Long.MAX_VALUE);
  }

  static FailingDisk lostAtPoint(long number) {
    return new FailingDisk(Long.MAX_VALUE, NO_SPACE, number);
  }

  boolean isLost() {
    return lost;
  }

  /** How many operations so far needed room. */
  synchronized long steps() {
    return steps;
  }

  /** Makes room; how much of it shows. */
  synchronized void free(long bytes) {
    full = false;
    usableBytes = bytes;
  }

  /** What the disk says of itself, whether it is full or not. */
  synchronized void showUsable(long bytes) {
    usableBytes = bytes;
  }

  /** Called with 1, 2, ... when somebody asks for the room on a disk that is full, or low. */
  void onLook(IntConsumer action) {
    onLook = action;
  }

  @Override
  public long usableBytes(Path path) {
    int look;
    synchronized (this) {
      look = full || usableBytes < Long.MAX_VALUE ? ++looks : 0;
    }
    if (look > 0) {
      onLook.accept(look);
    }
    synchronized (this) {
      return usableBytes;
    }
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

  private synchronized boolean isFull() {
    requireThere();
    if (++steps == fullAtStep) {
      full = true;
      usableBytes = reason.equals(QUOTA) ? usableBytes : 0;
    }
    return full;
  }

  private void step(Path path, String operation) {
    if (isFull()) {
      throw noRoom(path, operation);
    }
  }

  private StorageFullException noRoom(Path path, String operation) {
    return new StorageFullException(path + ": " + operation + ": " + reason, null);
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    requireThere();
    if (mode == OpenMode.CREATE || mode == OpenMode.CREATE_NEW) {
      step(path, "open");
    }
    return new FailingFile(path, super.open(path, mode));
  }

  @Override
  public void rename(Path from, Path to) {
    step(to, "rename");
    super.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    requireThere();
    super.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    step(directory, "create directory");
    super.createDirectories(directory);
  }

  @Override
  public StorageLock lock(Path file) {
    step(file, "lock");
    return super.lock(file);
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
      boolean noRoom = isFull();
      int fits = noRoom ? from.remaining() / 2 : from.remaining();
      file.write(from.slice(from.position(), fits), position);
      from.position(from.position() + fits);
      if (noRoom) {
        throw noRoom(path, "write");
      }
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
    public void allocate(long position, long sizeBytes) {
      step(path, "allocate");
      file.allocate(position, sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) {
      step(path, "truncate");
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
