package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The log of the epochs that one query has committed to an output directory, a {@link ManifestLines
 * line} each. An epoch is committed when its line is there; a line that a crash tore is cut off
 * when the log is opened.
 */
final class Manifest implements AutoCloseable {
  /** How many epochs back a re-run can be told from a different one. */
  private static final int REMEMBERED = 10_000;

  private final Storage storage;
  private final CrashPoints crashPoints;
  private final Path path;
  private final boolean durable;
  private final Map<Long, Committed> committed = new LinkedHashMap<>();
  private ManifestEntry last;
  private StorageFile file;
  private long sizeBytes;

  /** What is kept of an epoch: under which plan it was committed, and its receipt. */
  record Committed(int planChecksum, String receipt) {}

  private Manifest(Storage storage, CrashPoints crashPoints, Path path, boolean durable) {
    this.storage = storage;
    this.crashPoints = crashPoints;
    this.path = path;
    this.durable = durable;
  }

  /**
   * Reads the log if there is one; writes nothing.
   *
   * @throws MillraceException {@code CHECKPOINT} if it is damaged before its end
   */
  static Manifest open(Storage storage, CrashPoints crashPoints, Path path, boolean durable) {
    Manifest manifest = new Manifest(storage, crashPoints, path, durable);
    if (storage.exists(path)) {
      manifest.load(WholeFile.read(storage, path));
    }
    return manifest;
  }

  private void load(byte[] bytes) {
    sizeBytes = ManifestLines.validBytes(path, bytes);
    int start = 0;
    while (start < sizeBytes) {
      int end = ManifestLines.lineEnd(bytes, start);
      try {
        remember(ManifestEntry.parse(ManifestLines.text(bytes, start, end)));
      } catch (IOException e) {
        throw new MillraceException(
            ErrorCode.CHECKPOINT,
            path + ": position " + start + ": no entry that this version reads: " + e.getMessage(),
            e);
      }
      start = end;
    }
  }

  private void remember(ManifestEntry entry) {
    last = entry;
    committed.put(entry.epoch(), new Committed(entry.planChecksum(), entry.receipt()));
    if (committed.size() > REMEMBERED) {
      committed.remove(committed.keySet().iterator().next());
    }
  }

  Optional<ManifestEntry> last() {
    return Optional.ofNullable(last);
  }

  /** An epoch that is committed, unless that is very long ago. */
  Optional<Committed> committed(long epoch) {
    return Optional.ofNullable(committed.get(epoch));
  }

  /**
   * Commits an epoch. The log's directory must exist. After a failure nobody knows whether the
   * epoch is committed: the log is to be opened anew.
   */
  void append(ManifestEntry entry) {
    crashPoints.reached(CrashPoint.BEFORE_MANIFEST_WRITE);
    boolean opening = file == null;
    if (opening) {
      file = storage.open(path, OpenMode.CREATE);
      file.truncate(sizeBytes);
    }
    byte[] line = ManifestLines.line(entry.text());
    file.write(ByteBuffer.wrap(line), sizeBytes);
    if (durable) {
      crashPoints.reached(CrashPoint.BEFORE_FORCE);
      file.force();
      if (opening) {
        storage.forceDirectory(path.getParent());
      }
      crashPoints.reached(CrashPoint.AFTER_FORCE);
    }
    crashPoints.reached(CrashPoint.AFTER_MANIFEST_WRITE);
    sizeBytes += line.length;
    remember(entry);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
