package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Files in memory, in front of a storage that is only read: what is written, renamed and deleted
 * changes nothing outside. It knows what would be left of it by a crash: {@link #afterKill} all
 * bytes and names, {@link #afterPowerCut} only those that were forced.
 *
 * <p>Everything happens at once and in order. Which of the unforced writes a real power cut would
 * leave is not decided here: it leaves none.
 */
public final class SimulatedDisk implements Storage {
  private final Storage behind;
  private final LongSupplier nowUs;

  /** Files by absolute path; null where one of {@link #behind} is gone. */
  private final Map<Path, SimulatedContent> files = new TreeMap<>();

  private final Map<Path, SimulatedContent> safeFiles = new HashMap<>();

  /** Those that were made here; they survive everything. */
  private final Set<Path> directories = new HashSet<>();

  private final Set<Path> locked = new HashSet<>();

  /**
   * @param behind what the disk holds at first
   * @param nowUs for times of modification, microseconds since 1970
   */
  public SimulatedDisk(Storage behind, LongSupplier nowUs) {
    this.behind = behind;
    this.nowUs = nowUs;
  }

  /** A copy as the end of the process leaves it: everything that was written; no locks. */
  public synchronized SimulatedDisk afterKill() {
    SimulatedDisk copy = new SimulatedDisk(behind, nowUs);
    files.forEach((path, file) -> copy.put(path, file == null ? null : file.afterKill()));
    copy.directories.addAll(directories);
    return copy;
  }

  /** A copy as a power cut leaves it: what was forced; no locks. */
  public synchronized SimulatedDisk afterPowerCut() {
    SimulatedDisk copy = new SimulatedDisk(behind, nowUs);
    safeFiles.forEach((path, file) -> copy.put(path, file == null ? null : file.afterPowerCut()));
    copy.directories.addAll(directories);
    return copy;
  }

  private void put(Path path, SimulatedContent file) {
    files.put(path, file);
    safeFiles.put(path, file);
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The file's bytes, here from now on; null if there is no such file. */
  private SimulatedContent content(Path path) {
    Path key = key(path);
    if (!files.containsKey(key) && isFile(behind.entry(path))) {
      long modifiedUs = behind.entry(path).orElseThrow().modifiedUs();
      put(key, SimulatedContent.of(WholeFile.read(behind, path), modifiedUs));
    }
    return files.get(key);
  }

  private static boolean isFile(Optional<StorageEntry> entry) {
    return entry.isPresent() && !entry.get().directory();
  }

  @Override
  public synchronized StorageFile open(Path path, OpenMode mode) {
    if (mode == OpenMode.READ && !files.containsKey(key(path))) {
      return behind.open(path, mode);
    }
    SimulatedContent content = content(path);
    if (content != null && mode == OpenMode.CREATE_NEW) {
      throw failed(path, "open", new FileAlreadyExistsException(path.toString()));
    }
    if (content == null) {
      boolean creates = mode == OpenMode.CREATE || mode == OpenMode.CREATE_NEW;
      if (!creates || !isDirectory(key(path).getParent())) {
        throw failed(path, "open", new NoSuchFileException(path.toString()));
      }
      content = SimulatedContent.empty(nowUs.getAsLong());
      files.put(key(path), content);
    }
    return new SimulatedFile(this, path, content, nowUs);
  }

  private static MillraceException failed(Path path, String operation, IOException cause) {
    return StorageFailure.of(path, operation, cause);
  }

  private boolean isDirectory(Path path) {
    return entry(path).map(StorageEntry::directory).orElse(false);
  }

  @Override
  public synchronized Optional<StorageEntry> entry(Path path) {
    Path key = key(path);
    if (directories.contains(key)) {
      return Optional.of(new StorageEntry(path, true, 0, nowUs.getAsLong()));
    }
    if (files.containsKey(key)) {
      return Optional.ofNullable(files.get(key))
          .map(file -> new StorageEntry(path, false, file.size(), file.modifiedUs()));
    }
    return behind.entry(path);
  }

  @Override
  public synchronized List<StorageEntry> list(Path directory) {
    StorageEntry there =
        entry(directory)
            .orElseThrow(
                () -> failed(directory, "list", new NoSuchFileException(directory.toString())));
    if (!there.directory()) {
      throw failed(directory, "list", new NotDirectoryException(directory.toString()));
    }
    Path key = key(directory);
    Set<String> names = new HashSet<>();
    if (behind.entry(directory).map(StorageEntry::directory).orElse(false)) {
      behind.list(directory).forEach(entry -> names.add(name(entry.path())));
    }
    files.keySet().stream().filter(path -> isIn(path, key)).forEach(path -> names.add(name(path)));
    directories.stream().filter(path -> isIn(path, key)).forEach(path -> names.add(name(path)));
    return names.stream()
        .sorted()
        .flatMap(name -> entry(directory.resolve(name)).stream())
        .toList();
  }

  private static boolean isIn(Path path, Path directory) {
    return directory.equals(path.getParent());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  @Override
  public synchronized void rename(Path from, Path to) {
    SimulatedContent content = content(from);
    if (content == null || !isDirectory(key(to).getParent())) {
      throw failed(from, "rename to " + to, new NoSuchFileException(from.toString()));
    }
    files.put(key(to), content);
    remove(from);
  }

  @Override
  public synchronized void delete(Path path) {
    Optional<StorageEntry> there = entry(path);
    if (there.isEmpty()) {
      return;
    }
    if (there.get().directory()) {
      if (!list(path).isEmpty()) {
        throw failed(path, "delete", new DirectoryNotEmptyException(path.toString()));
      }
      directories.remove(key(path));
    }
    remove(path);
  }

  /** Only what stands behind needs to be covered. */
  private void remove(Path path) {
    if (behind.exists(path)) {
      files.put(key(path), null);
    } else {
      files.remove(key(path));
    }
  }

  @Override
  public synchronized void createDirectories(Path directory) {
    for (Path path = key(directory); path != null; path = path.getParent()) {
      Optional<StorageEntry> found = entry(path);
      if (found.isPresent() && !found.get().directory()) {
        throw failed(directory, "create directory", new NotDirectoryException(path.toString()));
      }
      if (found.isEmpty()) {
        files.remove(path);
        directories.add(path);
      }
    }
  }

  @Override
  public synchronized void forceDirectory(Path directory) {
    Path key = key(directory);
    safeFiles.keySet().removeIf(path -> isIn(path, key) && !files.containsKey(path));
    files.forEach(
        (path, file) -> {
          if (isIn(path, key)) {
            safeFiles.put(path, file);
          }
        });
  }

  @Override
  public synchronized StorageLock lock(Path file) {
    if (lockHolder(file).isPresent()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          file
              + ": locked by another query; one query at a time can use it: stop the other one, or"
              + " choose another place");
    }
    locked.add(key(file));
    return () -> unlock(file);
  }

  private synchronized void unlock(Path file) {
    locked.remove(key(file));
  }

  /** Locks of what stands behind count for nothing: nothing there is changed. */
  @Override
  public synchronized Optional<String> lockHolder(Path file) {
    return locked.contains(key(file)) ? Optional.of("another query") : Optional.empty();
  }

  @Override
  public long usableBytes(Path path) {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean isWritable(Path path) {
    return true;
  }
}
