package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Small files that readers and crashes see either wholly in the old version or wholly in the new.
 */
public final class WholeFile {
  private static final String UNFINISHED = ".tmp";
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private WholeFile() {}

  /** What the file holds; one that shrinks meanwhile may come back shorter than it ever was. */
  public static byte[] read(Storage storage, Path path) {
    try (StorageFile file = storage.open(path, OpenMode.READ)) {
      long sizeBytes = file.size();
      if (sizeBytes > MAX_BYTES) {
        throw new MillraceException(
            ErrorCode.CHECKPOINT,
            path + ": has " + sizeBytes + " bytes, which no file that Millrace writes has");
      }
      byte[] bytes = new byte[(int) sizeBytes];
      int length = file.read(ByteBuffer.wrap(bytes), 0);
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
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
