package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An advisory lock of the operating system on a file that holds its owner's process id, for the
 * message of whoever comes second.
 *
 * <p>POSIX drops a process's lock as soon as the process closes any descriptor of that file, also
 * one that never had the lock. So this process must not open a file that it has locked a second
 * time, and only a table per process can know; it is the one thing here that is static.
 */
final class LocalLock implements StorageLock {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;
  private boolean closed;

  private LocalLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /** The descriptor that {@link #holder} opens and closes must not drop a lock taken meanwhile. */
  static LocalLock take(Path file) {
    synchronized (HELD) {
      return takeAlone(file);
    }
  }

  /** Who holds the lock, as text; empty if nobody does. */
  static Optional<String> holder(Path file) {
    synchronized (HELD) {
      try {
        if (HELD.contains(key(file))) {
          return Optional.of(self());
        }
        if (!isLocked(file)) {
          return Optional.empty();
        }
        String holder = owner(file);
        return Optional.of(holder.isEmpty() ? "another process" : holder);
      } catch (NoSuchFileException _) {
        return Optional.empty();
      } catch (IOException e) {
        throw StorageFailure.of(file, "look for a lock", e);
      }
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    if (!CLibrary.isKnown()) {
      // Elsewhere only trying tells; the lock is gone again before this returns.
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return lock == null;
      }
    }
    int descriptor = CLibrary.open(file, CLibrary.READ_ONLY);
    if (descriptor < 0) {
      return false;
    }
    try {
      return CLibrary.isLocked(descriptor);
    } finally {
      CLibrary.close(descriptor);
    }
  }

  private static Path key(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    return absolute.getParent().toRealPath().resolve(absolute.getFileName());
  }

  private static String self() {
    return "pid " + ProcessHandle.current().pid();
  }

  private static String owner(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
  }

  private static LocalLock takeAlone(Path file) {
    Path key;
    try {
      key = key(file);
    } catch (IOException e) {
      throw StorageFailure.of(file, "lock", e);
    }
    if (!HELD.add(key)) {
      throw held(file, "this process, " + self());
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        String holder = owner(file);
        throw held(file, holder.isEmpty() ? "another process" : "another process, " + holder);
      }
      channel.truncate(0);
      String owner = self() + "\n";
      channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
      LocalLock lock = new LocalLock(key, channel);
      channel = null;
      key = null;
      return lock;
    } catch (IOException e) {
      throw StorageFailure.of(file, "lock", e);
    } finally {
      release(key, channel);
    }
  }

  private static MillraceException held(Path file, String holder) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        file
            + ": locked by "
            + holder
            + "; one query at a time can use it: stop the other one, or choose another place");
  }

  private static void release(Path key, FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw StorageFailure.of(key, "unlock", e);
    } finally {
      if (key != null) {
        HELD.remove(key);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release(key, channel);
    }
  }
}
