package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.WholeFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a journal, named by its first sequence in 20 digits: a plain file of frames, {@code
 * .journal}, or a directory with a Chronicle queue whose excerpts hold the same bytes, {@code
 * .queue}. Either kind of journal reads both.
 */
record Segment(Path path, long firstSequence) {
  static final String PLAIN = ".journal";
  static final String QUEUE = ".queue";

  private static final Pattern NAME = Pattern.compile("(0[0-8][0-9]{18})(\\.journal|\\.queue)");

  static Segment plain(Path directory, long firstSequence) {
    return new Segment(directory.resolve(number(firstSequence) + PLAIN), firstSequence);
  }

  static Segment queue(Path directory, long firstSequence) {
    return new Segment(directory.resolve(number(firstSequence) + QUEUE), firstSequence);
  }

  private static String number(long sequence) {
    return String.format(Locale.ROOT, "%020d", sequence);
  }

  static boolean isSegment(Path path) {
    return NAME.matcher(path.getFileName().toString()).matches();
  }

  static Segment of(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    boolean matches = name.matches();
    assert matches : "only names of segments get here";
    return new Segment(path, Long.parseLong(name.group(1)));
  }

  boolean isQueue() {
    return path.getFileName().toString().endsWith(QUEUE);
  }

  /** The plain file that takes this one's place when it is copied. */
  Segment asPlain() {
    return plain(path.getParent(), firstSequence);
  }

  /** The bytes of all frames. */
  SegmentBytes read(Storage storage) {
    return isQueue()
        ? QueueReader.read(storage, path)
        : SegmentBytes.plain(path, ByteBuffer.wrap(WholeFile.read(storage, path)));
  }

  /** Whether there is not one byte of a frame. */
  boolean isEmpty(Storage storage) {
    return isQueue()
        ? QueueReader.read(storage, path).frames().limit() == 0
        : storage.entry(path).map(StorageEntry::sizeBytes).orElse(0L) == 0;
  }

  /** Makes the names of its files survive a power cut. */
  void forceName(Storage storage, CrashPoints points) {
    if (isQueue()) {
      DurableSteps.forceDirectory(storage, points, path);
    }
    DurableSteps.forceDirectory(storage, points, path.toAbsolutePath().getParent());
  }

  /** Deletes the segment and makes that survive a power cut, before any other one goes. */
  void delete(Storage storage, CrashPoints points) {
    if (isQueue()) {
      storage.list(path).forEach(file -> DurableSteps.delete(storage, points, file.path()));
    }
    DurableSteps.delete(storage, points, path);
    DurableSteps.forceDirectory(storage, points, path.toAbsolutePath().getParent());
  }

  /**
   * Replaces the segment by a plain file with a forced copy of its first bytes.
   *
   * @return the copy; a queue has another name than its copy
   */
  Segment rewrite(Storage storage, CrashPoints points, ByteBuffer frames, int sizeBytes) {
    byte[] prefix = new byte[sizeBytes];
    frames.get(0, prefix);
    Segment copy = asPlain();
    WholeFile.write(storage, points, copy.path(), prefix, true);
    if (isQueue()) {
      delete(storage, points);
    }
    return copy;
  }
}
