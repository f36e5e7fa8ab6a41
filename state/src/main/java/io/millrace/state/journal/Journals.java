package io.millrace.state.journal;

import io.millrace.state.storage.Storage;
import java.nio.file.Path;

/** What can be said of a journal's directory without opening it. */
public final class Journals {
  private Journals() {}

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
