package io.millrace.state.storage;

import java.nio.file.Path;

/** Single steps that a power cut must not undo, or that change names, each between its points. */
public final class DurableSteps {
  private DurableSteps() {}

  /** See {@link StorageFile#force}. */
  public static void force(CrashPoints points, StorageFile file) {
    points.reached(CrashPoint.BEFORE_FORCE);
    file.force();
    points.reached(CrashPoint.AFTER_FORCE);
  }

  /** See {@link Storage#forceDirectory}. */
  public static void forceDirectory(Storage storage, CrashPoints points, Path directory) {
    points.reached(CrashPoint.BEFORE_FORCE);
    storage.forceDirectory(directory);
    points.reached(CrashPoint.AFTER_FORCE);
  }

  /** See {@link Storage#rename}. */
  public static void rename(Storage storage, CrashPoints points, Path from, Path to) {
    points.reached(CrashPoint.BEFORE_RENAME);
    storage.rename(from, to);
    points.reached(CrashPoint.AFTER_RENAME);
  }

  /** See {@link Storage#delete}. */
  public static void delete(Storage storage, CrashPoints points, Path path) {
    points.reached(CrashPoint.BEFORE_DELETE);
    storage.delete(path);
    points.reached(CrashPoint.AFTER_DELETE);
  }
}
