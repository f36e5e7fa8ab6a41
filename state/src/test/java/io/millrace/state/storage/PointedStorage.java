package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

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

  @Override
  public void reached(CrashPoint point) {
    if (point.name().startsWith("BEFORE_")) {
      open.get().push(new Open(point));
      return;
    }
    Open last = open.get().poll();
    if (last == null || !point.name().substring(6).equals(last.before.name().substring(7))) {
      failures.add(new AssertionError(point + " ends " + (last == null ? "nothing" : last.before)));
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
    return new ForwardingFile(super.open(path, mode)) {
      @Override
      public void write(ByteBuffer from, long position) {
        step("write", path, WRITES);
        super.write(from, position);
      }

      @Override
      public void truncate(long sizeBytes) {
        if (sizeBytes < size()) {
          step("truncate", path, WRITES);
        }
        super.truncate(sizeBytes);
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
    super.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) {
    step("force directory", directory, FORCE);
  }
}
