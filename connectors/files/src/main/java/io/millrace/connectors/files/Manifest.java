package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The log of the epochs that one query has committed to an output directory, a {@link ManifestLines
 * line} each. An epoch is committed when its line is there; a line that a crash tore is cut off
 * when the log is opened.
 *
 * <p>The log is a row of files, generations counted from 0. A file that has grown large is followed
 * by the next, which begins with the next line, and then the one before it goes away: so two are
 * there, or three after a crash. Only the newest can be empty or end in a torn line.
 */
final class Manifest implements AutoCloseable {
  /** How many epochs back a re-run can be told from a different one, if the files go that far. */
  private static final int REMEMBERED = 10_000;

  private static final long GENERATION_BYTES = 1 << 20;

  private final OutputDirectory directory;
  private final long generationBytes;
  private final Map<Long, Committed> committed = new LinkedHashMap<>();
  private final ArrayDeque<Long> generations = new ArrayDeque<>();
  private ManifestEntry last;
  private StorageFile file;
  private long sizeBytes;

  /** What is kept of an epoch: under which plan it was committed, and its receipt. */
  record Committed(int planChecksum, String receipt) {}

  private Manifest(OutputDirectory directory, long generationBytes) {
    this.directory = directory;
    this.generationBytes = generationBytes;
  }

  /**
   * Reads the log if there is one; writes nothing.
   *
   * @throws MillraceException {@code CHECKPOINT} if it is damaged before its end
   */
  static Manifest open(OutputDirectory directory) {
    return open(directory, GENERATION_BYTES);
  }

  /**
   * @param generationBytes a file of this size is followed by another
   */
  static Manifest open(OutputDirectory directory, long generationBytes) {
    Manifest manifest = new Manifest(directory, generationBytes);
    manifest.load();
    return manifest;
  }

  private void load() {
    generations.addAll(directory.manifestGenerations());
    if (generations.isEmpty()) {
      generations.add(0L);
      return;
    }
    long newest = generations.peekLast();
    if (newest > 0) {
      loadPrevious(newest - 1);
    }
    Path path = directory.manifest(newest);
    byte[] bytes = WholeFile.read(directory.storage(), path);
    sizeBytes = ManifestLines.validBytes(path, bytes);
    load(path, bytes, sizeBytes);
  }

  private void loadPrevious(long generation) {
    Path path = directory.manifest(generation);
    if (!generations.contains(generation)) {
      throw damaged(path, "it is missing, but the file behind it is there");
    }
    byte[] bytes = WholeFile.read(directory.storage(), path);
    int valid = ManifestLines.validBytes(path, bytes);
    if (valid < bytes.length || valid == 0) {
      throw damaged(path, "it ends at position " + valid + ", but the file behind it is there");
    }
    load(path, bytes, valid);
  }

  private void load(Path path, byte[] bytes, long endBytes) {
    int start = 0;
    while (start < endBytes) {
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

  private static MillraceException damaged(Path path, String reason) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        path
            + ": "
            + reason
            + ", which a crash cannot do; restore the file, or write to another directory with a new"
            + " checkpoint");
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
    directory.crashPoints().reached(CrashPoint.BEFORE_MANIFEST_WRITE);
    boolean newFile = file == null;
    if (newFile) {
      openNewest();
    }
    if (sizeBytes >= generationBytes) {
      if (newFile && directory.durable()) {
        force(); // that a torn line was cut off
      }
      close();
      generations.add(generations.peekLast() + 1);
      sizeBytes = 0;
      openNewest();
      newFile = true;
    }
    byte[] line = ManifestLines.line(entry.text());
    file.write(ByteBuffer.wrap(line), sizeBytes);
    if (directory.durable()) {
      force();
      if (newFile) {
        directory.force(directory.manifest(0).getParent());
      }
    }
    directory.crashPoints().reached(CrashPoint.AFTER_MANIFEST_WRITE);
    sizeBytes += line.length;
    remember(entry);
    while (generations.size() > 2) {
      directory.deleteManifest(generations.removeFirst());
    }
  }

  /** Opens the newest file, making it if needed, and cuts it to its whole lines. */
  private void openNewest() {
    file = directory.storage().open(directory.manifest(generations.peekLast()), OpenMode.CREATE);
    file.truncate(sizeBytes);
  }

  private void force() {
    directory.crashPoints().reached(CrashPoint.BEFORE_FORCE);
    file.force();
    directory.crashPoints().reached(CrashPoint.AFTER_FORCE);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
