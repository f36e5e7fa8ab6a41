package io.millrace.state.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;

/**
 * Real files, never forced, that change between crash points only: directly around every step must
 * be the two points of its kind, on the same thread, and a pair of them holds one force, rename or
 * delete.
 *
 * <p>Making a folder, an empty file or a lock, and allocating room, needs none: nobody reads
 * anything from it, and doing it again changes nothing.
 */
public final class PointedStorage extends ForwardingStorage implements CrashPoints {
  private static final Set<CrashPoint> WRITES =
      EnumSet.of(
          CrashPoint.BEFORE_APPEND, CrashPoint.BEFORE_FILE_WRITE, CrashPoint.BEFORE_MANIFEST_WRITE);
  private static final Set<CrashPoint> FORCE = EnumSet.of(CrashPoint.BEFORE_FORCE);
  private static final Set<CrashPoint> RENAME = EnumSet.of(CrashPoint.BEFORE_RENAME);
  private static final Set<CrashPoint> DELETE = EnumSet.of(CrashPoint.BEFORE_DELETE);

  /** The suffix of files that are not written through a storage. */
  private static final String MAPPED = ".cq4";

  private static final class Open {
    private final CrashPoint before;
    private boolean used;

    Open(CrashPoint before) {
      this.before = before;
    }
  }

  private final ThreadLocal<Deque<Open>> open = ThreadLocal.withInitial(ArrayDeque::new);
  private final List<AssertionError> failures = new CopyOnWriteArrayList<>();
  private final Set<CrashPoint> seen = ConcurrentHashMap.newKeySet();
  private final Map<Path, Long> mapped = new ConcurrentHashMap<>();

  @Override
  public void reached(CrashPoint point) {
    lookAtMapped();
    if (point.name().startsWith("BEFORE_")) {
      open.get().push(new Open(point));
      return;
    }
    Open last = open.get().poll();
    if (last == null || !point.name().substring(6).equals(last.before.name().substring(7))) {
      failures.add(new AssertionError(point + " ends " + (last == null ? "nothing" : last.before)));
    }
  }

  /** What was written through mapped memory since the last point shows in the bytes alone. */
  private void lookAtMapped() {
    mapped.replaceAll(
        (path, before) -> {
          long now = checksum(path);
          if (now != before) {
            step("mapped write", path, WRITES);
          }
          return now;
        });
  }

  /** Of all bytes but the zeroes at the end, which are room for more. */
  private static long checksum(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      int length = bytes.length;
      while (length > 0 && bytes[length - 1] == 0) {
        length--;
      }
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, length);
      return checksum.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String what, Path path, Set<CrashPoint> kinds) {
    Open around = open.get().peek();
    if (around == null || !kinds.contains(around.before) || (around.used && kinds != WRITES)) {
      failures.add(
          new AssertionError(
              what
                  + " "
                  + path
                  + " has no point of its own, the last was "
                  + (around == null ? "none" : around.before)));
      return;
    }
    around.used = true;
    seen.add(around.before);
  }

  /**
   * Throws what was wrong first, from where it was done.
   *
   * @return the points before steps that there were
   */
  public Set<CrashPoint> requireAllPointed() {
    if (!failures.isEmpty()) {
      AssertionError first = failures.getFirst();
      failures.stream().skip(1).distinct().forEach(first::addSuppressed);
      throw first;
    }
    return seen;
  }

  /** How many steps were wrong so far. */
  int failures() {
    return failures.size();
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    StorageFile opened = super.open(path, mode);
    if (mode != OpenMode.READ && path.toString().endsWith(MAPPED)) {
      mapped.put(path, checksum(path));
    }
    return new ForwardingFile(opened) {
      @Override
      public void write(ByteBuffer from, long position) {
        step("write", path, WRITES);
        super.write(from, position);
      }

      @Override
      public void truncate(long sizeBytes) {
        if (cutsBytes(sizeBytes)) {
          step("truncate", path, WRITES);
        }
        super.truncate(sizeBytes);
      }

      /** Zeroes at the end are room that was kept for more. */
      private boolean cutsBytes(long sizeBytes) {
        ByteBuffer cut = ByteBuffer.allocate((int) Math.max(0, size() - sizeBytes));
        read(cut, sizeBytes);
        return cut.flip().mismatch(ByteBuffer.allocate(cut.limit())) >= 0;
      }

      @Override
      public void force() {
        step("force", path, FORCE);
      }
    };
  }

  @Override
  public void rename(Path from, Path to) {
    step("rename", from, RENAME);
    super.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    step("delete", path, DELETE);
    mapped.remove(path);
    super.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) {
    step("force directory", directory, FORCE);
  }
}
