package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.MillraceException;
import java.nio.file.Path;

/** What a journal writes to. Each kind goes on with a journal that the other one wrote. */
public enum JournalKind {
  /** Chronicle Queue: appends go into mapped memory. Needs {@link ChronicleFlags}. */
  CHRONICLE,
  /** Plain files: the reference; needs no option of the JVM. */
  FILE;

  /**
   * Opens or creates a journal. The caller sees to it that nobody else has it open.
   *
   * @throws MillraceException {@code CHECKPOINT} if records that were safe are damaged
   */
  public Journal open(Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    SegmentFormat format =
        switch (this) {
          case CHRONICLE -> new ChronicleFormat(options);
          case FILE -> new PlainFormat();
        };
    return SegmentedJournal.open(directory, format, storage, options, points);
  }
}
