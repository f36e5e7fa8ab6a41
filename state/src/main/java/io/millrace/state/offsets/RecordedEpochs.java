package io.millrace.state.offsets;

import io.millrace.state.ingest.IngestInspection;
import io.millrace.state.ingest.IngestJournal;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalInspection;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.snapshot.StateInspection;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The committed epochs of a checkpoint that can be run again, and the way back to before one of
 * them. It takes no lock; what it writes goes to a storage that keeps it from the disk.
 */
public final class RecordedEpochs {
  private static final JournalOptions OPTIONS =
      new JournalOptions(JournalKind.FILE, Durability.PROCESS);

  private final Path checkpoint;
  private final Storage sandbox;
  private final TreeMap<Long, Plan> plans = new TreeMap<>();
  private final TreeMap<Long, Commit> commits = new TreeMap<>();
  private final TreeMap<Long, Long> commitSequences = new TreeMap<>();
  private final OptionalLong oldestState;
  private final long firstIngested;

  /**
   * @param sandbox shows the checkpoint as it is; is written to
   * @throws MillraceException {@code PLAN} if there is no checkpoint, {@code CHECKPOINT} if it is
   *     damaged
   */
  public RecordedEpochs(Path checkpoint, Storage sandbox) {
    this.checkpoint = checkpoint;
    this.sandbox = sandbox;
    CheckpointInspection found = CheckpointInspection.require(checkpoint, sandbox);
    found.requireUsable();
    JournalInspection.of(
        sandbox,
        offsets(),
        record -> {
          try {
            switch (record.type()) {
              case EpochFormat.PLAN ->
                  plans.put(record.epoch(), EpochFormat.plan(record.payload()));
              case EpochFormat.COMMIT -> {
                commits.put(record.epoch(), EpochFormat.commit(record.payload()));
                commitSequences.put(record.epoch(), record.sequence());
              }
              default -> {}
            }
          } catch (IOException e) {
            throw new UncheckedIOException("a record that was read before", e);
          }
        });
    oldestState = StateInspection.oldestEpoch(checkpoint, sandbox);
    firstIngested =
        IngestInspection.of(checkpoint, sandbox, Optional.empty())
            .map(IngestInspection::firstSequence)
            .orElse(0L);
  }

  private Path offsets() {
    return checkpoint.resolve(Checkpoint.OFFSETS);
  }

  private Path ingest() {
    return IngestJournal.directory(checkpoint);
  }

  /** The oldest epoch that can be run again. */
  public OptionalLong first() {
    return commits.keySet().stream()
        .filter(this::canRunAgain)
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** The last committed epoch. */
  public OptionalLong last() {
    return commits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(commits.lastKey());
  }

  /** Whether its plan, the state before it and its input, as far as it was journaled, are kept. */
  private boolean canRunAgain(long epoch) {
    Commit before = commits.get(epoch - 1);
    if (!plans.containsKey(epoch) || epoch > 0 && before == null) {
      return false;
    }
    boolean stateKept = oldestState.isEmpty() || oldestState.getAsLong() <= epoch - 1;
    return stateKept && (!isIngested(epoch) || ingestedBefore(epoch) >= firstIngested);
  }

  private long ingestedBefore(long epoch) {
    Commit before = commits.get(epoch - 1);
    return before == null ? 0 : before.ingested().map(Ingested::sequence).orElse(0L);
  }

  /**
   * Whether the epoch's input stands in the ingest journal, batch by batch; otherwise its plan
   * names it.
   */
  public boolean isIngested(long epoch) {
    return plans.get(epoch).ingestEnd().isPresent();
  }

  /**
   * @param from inclusive
   * @param to inclusive
   * @throws MillraceException {@code PLAN} naming the epochs that can be run again
   */
  public void requireRange(long from, long to) {
    if (from > to) {
      throw refused("epochs " + from + " to " + to + " are none");
    }
    if (first().isEmpty()) {
      throw refused("no committed epoch can be run again");
    }
    long first = first().getAsLong();
    long last = commits.lastKey();
    if (from < first || to > last) {
      throw refused(
          "epochs "
              + from
              + " to "
              + to
              + " cannot be run again, only those from "
              + first
              + " to "
              + last
              + ": what is older is not kept, what is newer is not committed");
    }
    if (isIngested(from) != isIngested(to)) {
      long other = from;
      while (isIngested(other) == isIngested(from)) {
        other++;
      }
      throw refused(
          "from epoch "
              + other
              + " on the query writes down its input in another way; replay "
              + from
              + " to "
              + (other - 1)
              + " and "
              + other
              + " to "
              + to);
    }
  }

  private MillraceException refused(String reason) {
    return new MillraceException(ErrorCode.PLAN, checkpoint + ": " + reason);
  }

  /**
   * Takes the sandbox back to the commit before an epoch. Journaled input is kept up to the end of
   * another one, for a start to take in again.
   */
  public void rewind(long from, long to) {
    boolean ingested = isIngested(from);
    long end = ingested ? plans.get(to).ingestEnd().getAsLong() : 0;
    if (Journals.exists(sandbox, ingest())) {
      if (ingested) {
        write(ingest(), journal -> journal.truncateAfter(end - 1));
      } else {
        delete(ingest());
      }
    }
    if (from == 0) {
      delete(offsets());
      write(offsets(), journal -> {});
      return;
    }
    long commit = commitSequences.get(from - 1);
    write(
        offsets(),
        journal -> {
          journal.truncateAfter(commit);
          // What sources knew of older epochs matters for new input only.
          Memory nothing = new Memory(from - 1, commit, 0, true, List.of());
          journal.append(EpochFormat.MEMORY, from - 1, EpochFormat.encode(nothing));
        });
  }

  /** Plans the next epoch in the sandbox as it was planned; a start runs it. */
  public void plan(long epoch) {
    Plan plan = plans.get(epoch);
    write(offsets(), journal -> journal.append(EpochFormat.PLAN, epoch, EpochFormat.encode(plan)));
  }

  private interface Writing {
    void to(Journal journal);
  }

  private void write(Path directory, Writing work) {
    try (Journal journal = Journals.open(directory, sandbox, OPTIONS, CrashPoints.NONE)) {
      work.to(journal);
    }
  }

  private void delete(Path directory) {
    for (StorageEntry entry : sandbox.list(directory)) {
      if (entry.directory()) {
        delete(entry.path());
      }
      sandbox.delete(entry.path());
    }
  }
}
