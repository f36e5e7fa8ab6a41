package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.WholeFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of a journal, named by its first sequence. */
record Segment(Path path, long firstSequence) {
  private static final Pattern NAME = Pattern.compile("(0[0-8][0-9]{18})\\.journal");

  static Segment in(Path directory, long firstSequence) {
    String name = String.format(Locale.ROOT, "%020d.journal", firstSequence);
    return new Segment(directory.resolve(name), firstSequence);
  }

  /** A directory's segments in order; other files are none of the journal's business. */
  static List<Segment> list(Storage storage, Path directory) {
    return storage.list(directory).stream()
        .map(StorageEntry::path)
        .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
        .map(path -> new Segment(path, sequence(path)))
        .toList();
  }

  private static long sequence(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    boolean matches = name.matches();
    assert matches : "only names of segments get here";
    return Long.parseLong(name.group(1));
  }

  /** Makes the file, empty, and its name survive a power cut. */
  StorageFile create(Storage storage, CrashPoints points) {
    StorageFile file = storage.open(path, OpenMode.CREATE);
    try {
      file.truncate(0);
      points.reached(CrashPoint.BEFORE_FORCE);
      storage.forceDirectory(path.toAbsolutePath().getParent());
      points.reached(CrashPoint.AFTER_FORCE);
      return file;
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Deletes the file and makes that survive a power cut, before any other file goes. */
  void delete(Storage storage, CrashPoints points) {
    points.reached(CrashPoint.BEFORE_DELETE);
    storage.delete(path);
    points.reached(CrashPoint.AFTER_DELETE);
    points.reached(CrashPoint.BEFORE_FORCE);
    storage.forceDirectory(path.toAbsolutePath().getParent());
    points.reached(CrashPoint.AFTER_FORCE);
  }

  /** All of the file's bytes. */
  ByteBuffer read(Storage storage) {
    return ByteBuffer.wrap(WholeFile.read(storage, path));
  }

  /** Replaces the file by a forced copy of its first bytes. */
  void rewrite(Storage storage, CrashPoints points, ByteBuffer bytes, int sizeBytes) {
    byte[] prefix = new byte[sizeBytes];
    bytes.get(0, prefix);
    WholeFile.write(storage, points, path, prefix, true);
  }
}
