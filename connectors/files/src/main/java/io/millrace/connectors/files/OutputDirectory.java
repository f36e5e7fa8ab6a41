package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** The file of a manifest's generation: {@code ID.manifest}, then {@code ID.1.manifest}, ... */
  Path manifest(long generation) {
    String number = generation == 0 ? "" : "." + generation;
    return path.resolve(HIDDEN, queryId + number + MANIFEST);
  }

  /** The generations of this query's manifest whose files are there, in order. */
  List<Long> manifestGenerations() {
    Pattern name = Pattern.compile(queryId + "(?:\\.([1-9]\\d{0,17}))?\\.manifest");
    return hiddenNames()
        .map(name::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1) == null ? 0 : Long.parseLong(found.group(1)))
        .sorted()
        .toList();
  }

  Path unfinished() {
    return path.resolve(HIDDEN, queryId + UNFINISHED);
  }

  /** Whether anything is there. */
  boolean isUsed() {
    return storage.exists(path) && !storage.list(path).isEmpty();
  }

  /** Makes all folders that files need before they are visible. */
  void create() {
    storage.createDirectories(unfinished());
  }

  /** Ids of the other queries that have written here, in order. */
  List<String> otherQueries() {
    return hiddenNames()
        .filter(name -> name.endsWith(MANIFEST) && !name.startsWith(queryId.toString()))
        .map(name -> name.substring(0, name.indexOf('.')))
        .distinct()
        .toList();
  }

  private Stream<String> hiddenNames() {
    Path hidden = path.resolve(HIDDEN);
    List<StorageEntry> entries = storage.exists(hidden) ? storage.list(hidden) : List.of();
    return entries.stream().map(entry -> entry.path().getFileName().toString());
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

  /** Deletes a generation of the manifest; it may come back after a power cut. */
  void deleteManifest(long generation) {
    crashPoints.reached(CrashPoint.BEFORE_DELETE);
    storage.delete(manifest(generation));
    crashPoints.reached(CrashPoint.AFTER_DELETE);
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
