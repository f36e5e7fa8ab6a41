package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Opens journals, and says what can be said without opening one. */
public final class Journals {
  private Journals() {}

  /**
   * Opens or creates a journal. The caller sees to it that nobody else has it open.
   *
   * @throws MillraceException {@code CHECKPOINT} if records that were safe are damaged
   */
  public static Journal open(
      Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    return SegmentedJournal.open(directory, storage, options, points);
  }

  /** Whether a journal was ever opened in a directory. */
  public static boolean exists(Storage storage, Path directory) {
    return storage.exists(directory) && !SegmentList.of(storage, directory).segments().isEmpty();
  }

  /** The sequence of the oldest record of a journal that exists. */
  public static long firstSequence(Storage storage, Path directory) {
    return SegmentList.of(storage, directory).segments().getFirst().firstSequence();
  }

  /** Whether a directory holds a journal with at least one record in it that can be read. */
  public static boolean hasRecords(Storage storage, Path directory) {
    return storage.exists(directory)
        && SegmentList.of(storage, directory).segments().stream()
            .anyMatch(segment -> hasRecord(storage, segment));
  }

  private static boolean hasRecord(Storage storage, Segment segment) {
    long first = segment.firstSequence();
    SegmentScan scan =
        new SegmentScan(first, segment.read(storage), OptionalInt.empty())
            .run(first, first, record -> {});
    return scan.nextSequence() > first || scan.readableFrames() > 0;
  }
}
