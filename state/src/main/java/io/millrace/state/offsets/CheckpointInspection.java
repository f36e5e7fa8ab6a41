package io.millrace.state.offsets;

import io.millrace.state.ingest.IngestInspection;
import io.millrace.state.journal.FileFinding;
import io.millrace.state.journal.JournalInspection;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalRecord;
import io.millrace.state.snapshot.StateInspection;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What opening a checkpoint would find, without opening it: nothing is written, no lock is taken.
 *
 * @param holder who has the checkpoint open, such as {@code pid 4711}; the end of its journal may
 *     then be seen half written
 * @param metadata empty if it is damaged
 * @param findings one per file that belongs to it, in the order in which a start reads them, and,
 *     if the records do not fit together, one about the journal's directory
 * @param kinds what the journal was written through
 * @param firstEpoch of the oldest plan that was kept
 * @param lastPlanned the newest epoch with a plan; uncommitted if it is behind the last committed
 * @param lastRanges per source the newest range, in a form of the source's own; empty text if it
 *     never had one
 * @param state of the operators; empty if they have none
 * @param ingest what was taken in; empty if that is not written down
 * @param sizes in bytes
 */
public record CheckpointInspection(
    Path directory,
    Optional<String> holder,
    Optional<CheckpointMetadata> metadata,
    List<FileFinding> findings,
    Set<JournalKind> kinds,
    OptionalLong firstEpoch,
    OptionalLong lastPlanned,
    Optional<Commit> lastCommit,
    List<String> lastRanges,
    Optional<StateInspection> state,
    Optional<IngestInspection> ingest,
    Sizes sizes) {

  /** Bytes of the journal's files, of the metadata, and of all that is in the directory. */
  public record Sizes(long journal, long metadata, long all) {}

  /** A running query may drop a file between two looks at it; then another look is taken. */
  private static final int LOOKS = 3;

  /**
   * Looks at a checkpoint; empty if there is none in the directory.
   *
   * @throws MillraceException if files cannot be read
   */
  public static Optional<CheckpointInspection> of(Path directory, Storage storage) {
    for (int look = 1; ; look++) {
      boolean last =
          look == LOOKS || storage.lockHolder(directory.resolve(Checkpoint.LOCK)).isEmpty();
      try {
        Optional<CheckpointInspection> found = look(directory, storage);
        if (last || found.isPresent() && found.get().isUsable()) {
          return found;
        }
      } catch (MillraceException e) {
        if (last) {
          throw e;
        }
      }
    }
  }

  /**
   * Looks at a checkpoint that must be there.
   *
   * @throws MillraceException {@code PLAN} if there is none in the directory
   */
  public static CheckpointInspection require(Path directory, Storage storage) {
    return of(directory, storage)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.PLAN,
                    directory
                        + ": there is no checkpoint; name the directory that a query has as its"
                        + " checkpoint, the one with metadata.json in it"));
  }

  private static Optional<CheckpointInspection> look(Path directory, Storage storage) {
    boolean there = storage.entry(directory).map(StorageEntry::directory).orElse(false);
    return there ? new Inspector(directory, storage).inspect() : Optional.empty();
  }

  /**
   * @throws MillraceException {@code CHECKPOINT} if a start would not go on from here
   */
  public void requireUsable() {
    if (!isUsable()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "checkpoint "
              + directory
              + " is damaged; `millrace checkpoint verify "
              + directory
              + "` lists what is readable");
    }
  }

  /** Whether a start with the same query would go on from here. */
  public boolean isUsable() {
    return files().stream().noneMatch(FileFinding::isDamaged);
  }

  /** The findings, and those about the input and the operators' state. */
  public List<FileFinding> files() {
    List<FileFinding> all = new ArrayList<>(findings);
    ingest.ifPresent(found -> all.addAll(found.findings()));
    state.ifPresent(found -> all.addAll(found.findings()));
    return all;
  }

  /** The epoch that has a plan and no commit, which a start runs first. */
  public OptionalLong uncommitted() {
    long committed = lastCommit.map(Commit::epoch).orElse(-1L);
    return lastPlanned.stream().filter(epoch -> epoch > committed).findAny();
  }

  /** Records of the journal that are right. */
  public long records() {
    return findings.stream().mapToLong(FileFinding::records).sum();
  }

  private static final class Inspector {
    private final Path directory;
    private final Path offsets;
    private final Storage storage;
    private final List<FileFinding> findings = new ArrayList<>();
    private final MemoryPieces memory = new MemoryPieces();
    private final EpochSummary summary = new EpochSummary(memory);
    private EpochHistory history;
    private String refusal;

    Inspector(Path directory, Storage storage) {
      this.directory = directory;
      this.offsets = directory.resolve(Checkpoint.OFFSETS);
      this.storage = storage;
    }

    Optional<CheckpointInspection> inspect() {
      Optional<String> holder = storage.lockHolder(directory.resolve(Checkpoint.LOCK));
      JournalInspection journal =
          storage.exists(offsets)
              ? JournalInspection.of(storage, offsets, this::record)
              : new JournalInspection(Set.of(), 0, List.of());
      Path path = directory.resolve(Checkpoint.METADATA);
      Optional<StorageEntry> file = storage.entry(path);
      if (file.isEmpty() && journal.isEmpty()) {
        return Optional.empty();
      }
      Optional<CheckpointMetadata> metadata = metadata(path, file);
      findings.addAll(journal.segments());
      finish(journal);
      long metadataBytes = file.map(StorageEntry::sizeBytes).orElse(0L);
      Optional<Commit> lastCommit = history == null ? Optional.empty() : history.lastCommit();
      return Optional.of(
          new CheckpointInspection(
              directory,
              holder,
              metadata,
              findings,
              journal.kinds(),
              summary.firstEpoch(),
              summary.lastPlanned(),
              lastCommit,
              summary.lastRanges(),
              StateInspection.of(
                  directory,
                  storage,
                  lastCommit.map(Commit::epoch).orElse(-1L),
                  lastCommit.map(Commit::stateSequence).orElse(Commit.NO_STATE)),
              IngestInspection.of(
                  directory, storage, lastCommit.flatMap(Commit::ingested).map(Ingested::sequence)),
              new Sizes(sizeBytes(offsets), metadataBytes, sizeBytes(directory))));
    }

    private void record(JournalRecord record) {
      if (history == null) {
        history = new EpochHistory(record.sequence() > 0);
      }
      if (refusal == null) {
        refuse(record.sequence(), history.take(record, memory, summary));
      }
    }

    private void refuse(long sequence, String reason) {
      if (reason != null) {
        refusal = "record " + sequence + ": " + reason;
      }
    }

    private Optional<CheckpointMetadata> metadata(Path path, Optional<StorageEntry> file) {
      if (file.isEmpty()) {
        findings.add(FileFinding.damaged(path, 0, "it is missing"));
        return Optional.empty();
      }
      long sizeBytes = file.get().sizeBytes();
      try {
        CheckpointMetadata metadata = MetadataFile.decode(path, WholeFile.read(storage, path));
        findings.add(FileFinding.ok(path, sizeBytes));
        return Optional.of(metadata);
      } catch (MillraceException e) {
        findings.add(FileFinding.damaged(path, sizeBytes, reason(path, e)));
        return Optional.empty();
      }
    }

    private static String reason(Path path, MillraceException e) {
      String message = e.getMessage();
      return message.startsWith(path + ": ")
          ? message.substring(path.toString().length() + 2)
          : message;
    }

    /** Behind damage nobody knows what the records come to. */
    private void finish(JournalInspection journal) {
      if (journal.kinds().isEmpty()) {
        refusal = "no journal is there";
      } else if (!journal.isDamaged() && refusal == null) {
        refuse(journal.firstSequence(), EpochHistory.beginning(journal.firstSequence(), memory));
      }
      if (refusal != null) {
        findings.add(FileFinding.damaged(offsets, 0, refusal));
      }
    }

    private long sizeBytes(Path place) {
      if (!storage.exists(place)) {
        return 0;
      }
      long sizeBytes = 0;
      for (StorageEntry entry : storage.list(place)) {
        sizeBytes += entry.directory() ? sizeBytes(entry.path()) : entry.sizeBytes();
      }
      return sizeBytes;
    }
  }
}
