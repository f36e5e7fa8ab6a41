package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Where a sink's files are: visible ones in the directory itself or in partitions' folders, and in
 * the hidden folder {@code _millrace} each query's manifest and the files that it has not finished.
 *
 * @param path the directory
 * @param durable whether what is done must survive a power cut
 */
record OutputDirectory(
    Path path, UUID queryId, Storage storage, CrashPoints crashPoints, boolean durable) {
  private static final String HIDDEN = "_millrace";
  private static final String MANIFEST = ".manifest";
  private static final String UNFINISHED = ".unfinished";

  Path manifest() {
    return path.resolve(HIDDEN, queryId + MANIFEST);
  }

  Path unfinished() {
    return path.resolve(HIDDEN, queryId + UNFINISHED);
  }

  /** Makes all folders that files need before they are visible. */
  void create() {
    storage.createDirectories(unfinished());
  }

  /** Ids of the other queries that have written here, in order. */
  List<String> otherQueries() {
    Path hidden = path.resolve(HIDDEN);
    if (!storage.exists(hidden)) {
      return List.of();
    }
    return storage.list(hidden).stream()
        .map(entry -> entry.path().getFileName().toString())
        .filter(name -> name.endsWith(MANIFEST) && !name.startsWith(queryId.toString()))
        .map(name -> name.substring(0, name.length() - MANIFEST.length()))
        .toList();
  }

  /** Gives an epoch's finished files their names; those that have them already are left alone. */
  void publish(ManifestEntry entry) {
    TreeSet<Path> folders = new TreeSet<>();
    for (OutputFile file : entry.files()) {
      Path from = unfinished().resolve(file.plainName());
      if (!storage.exists(from)) {
        continue;
      }
      Path to = path.resolve(file.name());
      if (folders.add(to.getParent())) {
        storage.createDirectories(to.getParent());
      }
      crashPoints.reached(CrashPoint.BEFORE_RENAME);
      storage.rename(from, to);
      crashPoints.reached(CrashPoint.AFTER_RENAME);
    }
    if (durable) {
      for (Path folder : folders) {
        force(folder);
      }
    }
  }

  void force(Path folder) {
    crashPoints.reached(CrashPoint.BEFORE_FORCE);
    storage.forceDirectory(folder);
    crashPoints.reached(CrashPoint.AFTER_FORCE);
  }

  boolean isUnfinishedEmpty() {
    return storage.exists(unfinished()) && storage.list(unfinished()).isEmpty();
  }

  /** Deletes all files that were not finished. */
  void deleteUnfinished() {
    if (storage.exists(unfinished())) {
      storage.list(unfinished()).forEach(entry -> storage.delete(entry.path()));
    }
  }

  /** Deletes this query's visible files of an epoch and of all later ones. */
  void deleteFrom(long epoch, boolean partitioned) {
    deleteFrom(path, PartName.ofQuery(queryId), epoch, partitioned);
  }

  private void deleteFrom(Path folder, PartName names, long epoch, boolean partitioned) {
    for (StorageEntry entry : storage.list(folder)) {
      String name = entry.path().getFileName().toString();
      if (entry.directory()) {
        if (partitioned && name.indexOf('=') > 0) {
          deleteFrom(entry.path(), names, epoch, true);
        }
      } else if (names.epochOf(name) >= epoch) {
        storage.delete(entry.path());
      }
    }
  }

  /** Deletes all that is not this query's. */
  void deleteOthers() {
    for (StorageEntry entry : storage.list(path)) {
      if (!entry.path().getFileName().toString().equals(HIDDEN)) {
        delete(entry);
      }
    }
    for (StorageEntry entry : storage.list(path.resolve(HIDDEN))) {
      if (!entry.path().getFileName().toString().startsWith(queryId.toString())) {
        delete(entry);
      }
    }
  }

  private void delete(StorageEntry entry) {
    if (entry.directory()) {
      storage.list(entry.path()).forEach(this::delete);
    }
    storage.delete(entry.path());
  }
}
