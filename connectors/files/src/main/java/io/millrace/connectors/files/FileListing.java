package io.millrace.connectors.files;

import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files that a path stands for: those that match its patterns, and those in the
 * directories that do. Hidden names are passed over, except where the path spells them out.
 */
final class FileListing {
  /** Oldest first, and by path when that does not decide. */
  static final Comparator<StorageEntry> OLDEST_FIRST =
      Comparator.comparingLong(StorageEntry::modifiedUs).thenComparing(StorageEntry::path);

  private final Storage storage;
  private final FileSourceOptions options;
  private final List<Optional<Glob>> patterns;
  private List<StorageEntry> found;

  FileListing(Storage storage, FileSourceOptions options) {
    this.storage = storage;
    this.options = options;
    this.patterns = options.path().patterns();
  }

  /** What is there now, {@link #OLDEST_FIRST}; nothing if the path itself is missing. */
  List<StorageEntry> list() {
    found = new ArrayList<>();
    storage.entry(options.path().base()).ifPresent(base -> match(base, 0));
    found.sort(OLDEST_FIRST);
    for (int i = found.size() - 1; i > 0; i--) {
      if (found.get(i).path().equals(found.get(i - 1).path())) {
        found.remove(i);
      }
    }
    return found;
  }

  /** Takes an entry whose name has matched all patterns before the given one. */
  private void match(StorageEntry entry, int pattern) {
    if (pattern == patterns.size()) {
      take(entry);
    } else if (entry.directory()) {
      boolean anyDepth = patterns.get(pattern).isEmpty();
      if (anyDepth && pattern + 1 < patterns.size()) {
        match(entry, pattern + 1);
      }
      for (StorageEntry child : children(entry.path())) {
        String name = name(child);
        if (FileName.isHidden(name, child.directory())) {
          continue;
        }
        if (anyDepth) {
          if (child.directory()) {
            match(child, pattern);
          } else if (pattern + 1 == patterns.size()) {
            takeFile(child);
          }
        } else if (patterns.get(pattern).get().matches(name)) {
          match(child, pattern + 1);
        }
      }
    }
  }

  private void take(StorageEntry entry) {
    if (entry.directory()) {
      takeFilesIn(entry.path());
    } else {
      takeFile(entry);
    }
  }

  private void takeFilesIn(Path directory) {
    for (StorageEntry child : children(directory)) {
      String name = name(child);
      if (FileName.isHidden(name, child.directory())) {
        continue;
      }
      if (!child.directory()) {
        takeFile(child);
      } else if (options.recursive()) {
        takeFilesIn(child.path());
      } else if (name.indexOf('=') > 0) {
        throw new AnalysisException(
            options.owner()
                + ": "
                + child.path()
                + " is a partition's folder; columns in folder names are not read yet: set"
                + " recursiveFileLookup to true to read all files without them, or give the path"
                + " of one partition");
      }
    }
  }

  /** What a directory holds; nothing if it has gone since it was listed itself. */
  private List<StorageEntry> children(Path directory) {
    try {
      return storage.list(directory);
    } catch (MillraceException e) {
      if (!storage.exists(directory)) {
        return List.of();
      }
      throw e;
    }
  }

  private void takeFile(StorageEntry file) {
    if (options.nameFilter().isEmpty() || options.nameFilter().get().matches(name(file))) {
      found.add(file);
    }
  }

  private static String name(StorageEntry entry) {
    return entry.path().getFileName().toString();
  }
}
