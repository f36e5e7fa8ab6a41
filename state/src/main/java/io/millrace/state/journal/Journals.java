package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.MillraceException;
import java.nio.file.Path;

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

  /** Whether a directory holds a journal with at least one byte in it. */
  public static boolean hasRecords(Storage storage, Path directory) {
    return storage.exists(directory)
        && SegmentList.of(storage, directory).segments().stream()
            .anyMatch(segment -> !segment.isEmpty(storage));
  }
}
