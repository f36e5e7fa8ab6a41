package io.millrace.connectors.files;

import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens planned files and checks that they are what was planned. */
final class InputFiles {
  private final Storage storage;
  private final Path root;
  private final FileSourceOptions options;
  private final SeenFiles seen;
  private final FileSourceMetrics metrics;

  /**
   * @param root see {@link #root}
   */
  InputFiles(
      Storage storage,
      Path root,
      FileSourceOptions options,
      SeenFiles seen,
      FileSourceMetrics metrics) {
    this.storage = storage;
    this.root = root;
    this.options = options;
    this.seen = seen;
    this.metrics = metrics;
  }

  /** The directory that names in the journal are relative to. */
  static Path root(Storage storage, InputPath path) {
    boolean directory = storage.entry(path.base()).map(StorageEntry::directory).orElse(true);
    if (directory || path.isGlob()) {
      return path.base();
    }
    Path parent = path.base().getParent();
    return parent == null ? Path.of("") : parent;
  }

  /**
   * @throws AnalysisException if there is nothing to read, or, while files may still come, no place
   *     where they could
   */
  static void requirePresent(Storage storage, FileSourceOptions options, boolean streaming) {
    InputPath path = options.path();
    if (!storage.exists(path.base())) {
      String missing = path.isGlob() ? " (" + path.base() + ")" : "";
      throw new AnalysisException(
          options.owner() + ": path " + path.text() + missing + " does not exist");
    }
    if (!streaming && path.isGlob() && new FileListing(storage, options).list().isEmpty()) {
      throw new AnalysisException(
          options.owner() + ": path " + path.text() + " does not match any file");
    }
  }

  Path path(PlannedFile file) {
    return FileName.resolve(root, file.name());
  }

  /**
   * The file's planned bytes as they are, perhaps compressed; empty if it has gone and that is to
   * be ignored.
   */
  Optional<PlainBytes> open(PlannedFile file) {
    Path path = path(file);
    Optional<StorageEntry> entry = storage.entry(path);
    if (entry.isEmpty()) {
      if (!options.ignoreMissing()) {
        throw new MillraceException(
            ErrorCode.CONNECTOR,
            options.owner()
                + ": "
                + path
                + " is part of a planned epoch and has gone; put it back, or set"
                + " ignoreMissingFiles to true to go on without it");
      }
      metrics.missing(path);
      return Optional.empty();
    }
    if (seen.isNewlyChanged(file.name(), entry.get().modifiedUs(), entry.get().sizeBytes())) {
      metrics.changed(path);
    }
    return Optional.of(plain(storage, path, file.sizeBytes()));
  }

  /** A file's bytes, decompressed. */
  static InputBytes open(Storage storage, Path path, long sizeBytes) {
    PlainBytes plain = plain(storage, path, sizeBytes);
    return Compression.isGzip(path) ? new GzipBytes(path, plain) : plain;
  }

  private static PlainBytes plain(Storage storage, Path path, long sizeBytes) {
    return new PlainBytes(path, storage.open(path, OpenMode.READ), sizeBytes);
  }
}
