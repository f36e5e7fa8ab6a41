package io.millrace.state.ingest;

import io.millrace.state.journal.FileFinding;
import io.millrace.state.journal.JournalInspection;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What opening an {@link IngestJournal} would find, without opening it.
 *
 * @param firstSequence of the oldest record
 * @param endSequence behind the newest one that is right
 * @param committedSequence of the first record that is not committed
 * @param findings one per file, and, if a committed query could not go on with them, one about the
 *     directory
 */
public record IngestInspection(
    long firstSequence, long endSequence, long committedSequence, List<FileFinding> findings) {

  /**
   * Looks at a checkpoint's; empty if there is none, and none is missing.
   *
   * @param committed what the last commit says of it; empty if it says nothing
   */
  public static Optional<IngestInspection> of(
      Path checkpoint, Storage storage, Optional<Long> committed) {
    Path directory = IngestJournal.directory(checkpoint);
    if (!Journals.exists(storage, directory)) {
      return committed.map(
          sequence ->
              new IngestInspection(
                  sequence,
                  sequence,
                  sequence,
                  List.of(FileFinding.damaged(directory, 0, "it is missing"))));
    }
    JournalInspection journal = JournalInspection.of(storage, directory, record -> {});
    List<FileFinding> findings = new ArrayList<>(journal.segments());
    long first = journal.firstSequence();
    long end = first + findings.stream().mapToLong(FileFinding::records).sum();
    long from = committed.orElse(0L);
    if (!journal.isDamaged() && (from < first || from > end)) {
      findings.add(
          FileFinding.damaged(
              directory,
              0,
              "it holds the records from "
                  + first
                  + " to "
                  + (end - 1)
                  + ", the last commit says that record "
                  + from
                  + " comes next"));
    }
    return Optional.of(new IngestInspection(first, end, from, findings));
  }

  /** Records that a start takes in again. */
  public long uncommitted() {
    return Math.max(0, endSequence - committedSequence);
  }
}
