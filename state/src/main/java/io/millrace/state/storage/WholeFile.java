package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Small files that readers and crashes see either wholly in the old version or wholly in the new.
 */
public final class WholeFile {
  private static final String UNFINISHED = ".tmp";

  private WholeFile() {}

  public static byte[] read(Storage storage, Path path) {
    try (StorageFile file = storage.open(path, OpenMode.READ)) {
      byte[] bytes = new byte[Math.toIntExact(file.size())];
      int length = file.read(ByteBuffer.wrap(bytes), 0);
      assert length == bytes.length : "a file that is only ever replaced does not shrink";
      return bytes;
    }
  }

  /**
   * Writes a new version beside the old one, forces it, gives it the name and forces the directory.
   * What an interrupted call leaves behind, {@code path + ".tmp"}, the next one overwrites.
   *
   * @param force false to survive the end of the process only
   */
  public static void write(
      Storage storage, CrashPoints points, Path path, byte[] bytes, boolean force) {
    Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
    try (StorageFile file = storage.open(unfinished, OpenMode.CREATE)) {
      points.reached(CrashPoint.BEFORE_FILE_WRITE);
      file.truncate(0);
      file.write(ByteBuffer.wrap(bytes), 0);
      points.reached(CrashPoint.AFTER_FILE_WRITE);
      if (force) {
        DurableSteps.force(points, file);
      }
    }
    rename(storage, points, unfinished, path, force);
  }

  /** Gives a finished, already forced file its name, and makes the name survive a power cut. */
  public static void rename(
      Storage storage, CrashPoints points, Path from, Path to, boolean force) {
    DurableSteps.rename(storage, points, from, to);
    if (force) {
      DurableSteps.forceDirectory(storage, points, to.toAbsolutePath().getParent());
    }
  }
}
