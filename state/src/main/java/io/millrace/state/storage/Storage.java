package io.millrace.state.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a machine. Every durable write goes through here, so that a test can drop, tear,
 * reorder or refuse it. What a directory holds (created, renamed and deleted names) survives a
 * power cut only after {@link #forceDirectory}, except where a method says otherwise.
 *
 * <p>Every failure is a {@link io.millrace.types.MillraceException} whose message starts with the
 * path and the operation; where room is missing it is a {@link StorageFullException}. Safe for use
 * by several threads.
 */
public interface Storage {
  StorageFile open(Path path, OpenMode mode);

  /** One look at a path; empty if there is nothing. */
  Optional<StorageEntry> entry(Path path);

  /**
   * What a directory holds, ordered by name, not recursive, each looked at once. Names that vanish
   * meanwhile, and links that lead nowhere, are left out.
   */
  List<StorageEntry> list(Path directory);

  /**
   * Gives a file a new name, in one step that readers see wholly or not; replaces what was there.
   */
  void rename(Path from, Path to);

  /** Deletes a file or an empty directory; nothing happens if there is none. */
  void delete(Path path);

  /** Makes a directory and its missing parents; those that it makes survive a power cut. */
  void createDirectories(Path directory);

  /** Makes the names in a directory as they are now safe against a power cut. */
  void forceDirectory(Path directory);

  /**
   * Takes the lock that a file stands for, making the file if needed; never waits.
   *
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT}, naming the holder where it is
   *     known, if another process, or another part of this one, has it
   */
  StorageLock lock(Path file);

  /**
   * Who holds the lock that a file stands for, such as {@code pid 4711}; empty if nobody does.
   * Takes nothing.
   */
  default Optional<String> lockHolder(Path file) {
    return LocalLock.holder(file);
  }

  /**
   * How many bytes this user may still write on the file system of a path, or of the nearest of its
   * parents that exists; a quota of the user's may allow less. {@link Long#MAX_VALUE} if the file
   * system does not tell.
   */
  long usableBytes(Path path);

  /** Whether this user may write to a file, or make names in a directory, that exists. */
  default boolean isWritable(Path path) {
    return Files.isWritable(path);
  }

  /** What stands at the path, or at the nearest of its parents where there is something. */
  default StorageEntry nearest(Path path) {
    Path place = path.toAbsolutePath();
    Optional<StorageEntry> found = entry(place);
    while (found.isEmpty() && place.getParent() != null) {
      place = place.getParent();
      found = entry(place);
    }
    return found.orElseThrow();
  }

  /**
   * The same files without waiting for room where this storage waits: for what may be given up when
   * the disk is full.
   */
  default Storage withoutWaiting() {
    return this;
  }

  default boolean exists(Path path) {
    return entry(path).isPresent();
  }
}
