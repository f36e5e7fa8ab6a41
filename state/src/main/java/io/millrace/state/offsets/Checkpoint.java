package io.millrace.state.offsets;

import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.JournalRecord;
import io.millrace.state.journal.Journals;
import io.millrace.state.journal.RecoveryReport;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.StorageLock;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The checkpoint directory of one running query. Per epoch: {@link #plan}, run, sink commits,
 * {@link #commit}, {@link #clean}. After a start: {@link #memory}, then {@link #plans} for the
 * sources, then run {@link #uncommittedPlan} again if there is one, and commit it. Not safe for use
 * by several threads.
 */
public final class Checkpoint implements AutoCloseable {
  private static final String METADATA = "metadata.json";
  private static final String OFFSETS = "offsets";
  private static final String LOCK = "lock";

  private final Path directory;
  private final CheckpointMetadata metadata;
  private final StorageLock lock;
  private final Journal journal;
  private final CrashPoints points;
  private final EpochHistory history;
  private final JournalCleaner cleaner;

  /**
   * Goes on with the checkpoint in a directory, or begins one, also making the directory.
   *
   * @param query used as it is if the checkpoint is new; otherwise compared with the one that
   *     stands there, which {@link #metadata} then returns with the query's first id
   * @throws MillraceException {@code CHECKPOINT} if it is in use, damaged or another query's;
   *     {@code RESOURCES} if the directory cannot be used
   */
  public static Checkpoint open(
      Path directory,
      CheckpointMetadata query,
      Storage storage,
      JournalOptions options,
      CrashPoints points) {
    storage.createDirectories(directory);
    StorageLock lock = storage.lock(directory.resolve(LOCK));
    Journal journal = null;
    try {
      Optional<CheckpointMetadata> found = find(directory, storage);
      found.ifPresent(
          old -> old.requireSameQuery(directory, query.operators(), query.sources().size()));
      Path offsets = directory.resolve(OFFSETS);
      journal = Journals.open(offsets, storage, options, points);
      if (found.isEmpty()) {
        byte[] bytes = MetadataFile.encode(query);
        WholeFile.write(storage, points, directory.resolve(METADATA), bytes, true);
      } else {
        storage.forceDirectory(directory);
      }
      EpochHistory history = new EpochHistory(journal.firstSequence() > 0);
      MemoryPieces memory = new MemoryPieces();
      JournalCleaner cleaner = new JournalCleaner(journal, options.segmentBytes(), memory);
      journal.replay(0, record -> history.recover(offsets, record, memory, cleaner));
      history.requireWhole(offsets, journal.firstSequence(), memory);
      cleaner.recovered();
      return new Checkpoint(
          directory, found.orElse(query), lock, journal, points, history, cleaner);
    } catch (RuntimeException | Error e) {
      close(journal, lock, e);
      throw e;
    }
  }

  private static void close(Journal journal, StorageLock lock, Throwable failure) {
    try (lock) {
      if (journal != null) {
        journal.close();
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * What a checkpoint says of its query; empty if there is none. Reads only, and takes no lock.
   *
   * @throws io.millrace.types.MillraceException if the checkpoint is damaged
   */
  public static Optional<CheckpointMetadata> find(Path directory, Storage storage) {
    Path path = directory.resolve(METADATA);
    Path offsets = directory.resolve(OFFSETS);
    // The metadata is written last, so a journal tells whether a missing one was ever there.
    if (storage.exists(path)) {
      CheckpointMetadata metadata = MetadataFile.decode(path, WholeFile.read(storage, path));
      if (!Journals.exists(storage, offsets)) {
        throw damaged(directory, "the journal in " + OFFSETS + " is missing");
      }
      return Optional.of(metadata);
    }
    if (Journals.hasRecords(storage, offsets)) {
      throw damaged(directory, METADATA + " is missing");
    }
    return Optional.empty();
  }

  /**
   * Refuses a directory that {@link #open} could not use, as far as that shows without writing.
   *
   * @throws MillraceException {@code RESOURCES} if a file is in the way or this user may not write
   */
  public static void requireUsable(Path directory, Storage storage) {
    StorageEntry existing = storage.nearest(directory);
    if (!existing.directory()) {
      throw unusable(directory, existing.path() + " is a file; remove it");
    }
    if (!storage.isWritable(existing.path())) {
      throw unusable(
          directory, "this user may not write to " + existing.path() + "; give it permission");
    }
  }

  private static MillraceException unusable(Path directory, String reason) {
    return new MillraceException(
        ErrorCode.RESOURCES,
        "checkpoint " + directory + ": " + reason + ", or choose another checkpointLocation");
  }

  private static MillraceException damaged(Path directory, String reason) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        "checkpoint "
            + directory
            + " is damaged: "
            + reason
            + "; restore it from a backup, or use a new checkpointLocation");
  }

  private Checkpoint(
      Path directory,
      CheckpointMetadata metadata,
      StorageLock lock,
      Journal journal,
      CrashPoints points,
      EpochHistory history,
      JournalCleaner cleaner) {
    this.directory = directory;
    this.metadata = metadata;
    this.lock = lock;
    this.journal = journal;
    this.points = points;
    this.history = history;
    this.cleaner = cleaner;
  }

  /** Whose checkpoint it is, as its first start wrote it. */
  public CheckpointMetadata metadata() {
    return metadata;
  }

  /** What opening the journal found. */
  public RecoveryReport recovery() {
    return journal.recovery();
  }

  /**
   * Refuses, by the first difference, operators that are not those of the query that began this
   * checkpoint. Opening has asked this already.
   */
  public void requireSameQuery(List<String> operators) {
    metadata.requireSameQuery(directory, operators, metadata.sources().size());
  }

  /**
   * Shows what must stay known of plans that may be gone, oldest first: per piece one text per
   * source, empty where it says nothing. The newest plans come after it, and some may be in both.
   */
  public void memory(Consumer<List<String>> visitor) {
    replay(
        EpochFormat.MEMORY,
        payload -> {
          List<String> ranges = EpochFormat.memory(payload).ranges();
          if (!ranges.isEmpty()) {
            visitor.accept(ranges);
          }
        });
  }

  /**
   * Shows every plan that is still there, in order, the uncommitted one included. The newest one
   * always is.
   */
  public void plans(Consumer<Plan> visitor) {
    replay(EpochFormat.PLAN, payload -> visitor.accept(EpochFormat.plan(payload)));
  }

  private interface PayloadVisitor {
    void payload(ByteBuffer payload) throws IOException;
  }

  private void replay(int type, PayloadVisitor visitor) {
    journal.replay(
        0,
        record -> {
          if (record.type() == type) {
            visit(record, visitor);
          }
        });
  }

  private static void visit(JournalRecord record, PayloadVisitor visitor) {
    try {
      visitor.payload(record.payload());
    } catch (IOException e) {
      throw new UncheckedIOException("a record that was read before", e);
    }
  }

  /** The epoch that the next plan must have; 0 in a new checkpoint. */
  public long nextEpoch() {
    return history.nextEpoch();
  }

  public OptionalLong lastCommittedEpoch() {
    return history.lastCommit().stream().mapToLong(Commit::epoch).findAny();
  }

  public Optional<Commit> lastCommit() {
    return history.lastCommit();
  }

  /** The plan of an epoch that may have run and is not committed: it must run first. */
  public Optional<Plan> uncommittedPlan() {
    return history.open();
  }

  /** The checksum of the newest plan; 0 if there is none. */
  public int planChecksum() {
    return history.planChecksum();
  }

  /**
   * Writes down an epoch's input; when this returns it is safe, and the epoch may run.
   *
   * @return the checksum of the plan as it stands in the journal, for the sink's receipt
   */
  public int plan(Plan plan) {
    requireTurn(history.refusal(plan));
    points.reached(CrashPoint.BEFORE_PLAN);
    ByteBuffer payload = EpochFormat.encode(plan);
    int checksum = EpochFormat.checksum(payload);
    long sequence = journal.append(EpochFormat.PLAN, plan.epoch(), payload);
    journal.force();
    cleaner.notedPlan(sequence, payload.remaining());
    history.planned(plan, checksum);
    points.reached(CrashPoint.AFTER_PLAN);
    return checksum;
  }

  /** Writes down an epoch's end; when this returns it is safe, and sources may forget the input. */
  public void commit(Commit commit) {
    requireTurn(history.refusal(commit));
    points.reached(CrashPoint.BEFORE_COMMIT);
    ByteBuffer payload = EpochFormat.encode(commit);
    long sequence = journal.append(EpochFormat.COMMIT, commit.epoch(), payload);
    journal.force();
    cleaner.notedCommit(sequence, payload.remaining());
    history.committed(commit);
    points.reached(CrashPoint.AFTER_COMMIT);
  }

  /**
   * Keeps the checkpoint small; called after each {@link #commit}. Once in a while it asks what the
   * sources must still know of all plans so far, writes that down over the next epochs, and then
   * drops the plans, also one file after the other. Only what an earlier run left overdue is done
   * at once, by the first call.
   *
   * @param remember gives pieces like those of {@link #memory}, each of bounded size, that together
   *     say all that the plans so far, and the memory that was there, have said. They are taken one
   *     by one over several calls; what is planned meanwhile may be in them or not
   */
  public void clean(Supplier<Iterator<List<String>>> remember) {
    requireTurn(
        history.open().isEmpty() ? null : "epoch " + history.open().get().epoch() + " still runs");
    cleaner.step(history.nextEpoch() - 1, remember);
  }

  private void requireTurn(String refusal) {
    if (refusal != null) {
      throw new MillraceException(ErrorCode.BUG, "checkpoint " + directory + ": " + refusal);
    }
  }

  /** Gives the directory back; writes nothing, idempotent. */
  @Override
  public void close() {
    try (lock) {
      journal.close();
    }
  }
}
