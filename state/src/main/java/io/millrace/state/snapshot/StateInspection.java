package io.millrace.state.snapshot;

import io.millrace.state.journal.FileFinding;
import io.millrace.state.journal.JournalInspection;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What opening a state would find, without opening it.
 *
 * @param operators empty if their file is damaged
 * @param snapshotEpochs of the snapshots that are right, newest first
 * @param deltas records of the journal that are right
 * @param findings one per file, and, if they do not fit together, one about the directory
 */
public record StateInspection(
    List<OperatorState> operators,
    List<Long> snapshotEpochs,
    long deltas,
    long snapshotBytes,
    long deltaBytes,
    List<FileFinding> findings) {

  /**
   * Looks at the state of a checkpoint; empty if there is none, and none is missing.
   *
   * @param committedEpoch of the last commit; -1 if there is none
   * @param stateSequence what that commit says of the state; -1 if nothing
   */
  public static Optional<StateInspection> of(
      Path checkpoint, Storage storage, long committedEpoch, long stateSequence) {
    StateFiles files = new StateFiles(checkpoint);
    if (stateSequence < 0 && !storage.exists(files.schema())) {
      return Optional.empty();
    }
    return Optional.of(new Inspector(files, storage).inspect(committedEpoch, stateSequence));
  }

  /** The oldest commit whose state can be had; -1 if the beginning can be; empty without state. */
  public static OptionalLong oldestEpoch(Path checkpoint, Storage storage) {
    StateFiles files = new StateFiles(checkpoint);
    if (!Journals.exists(storage, files.journal())) {
      return OptionalLong.empty();
    }
    long firstSequence = Journals.firstSequence(storage, files.journal());
    if (firstSequence == 0) {
      return OptionalLong.of(-1);
    }
    for (StateFiles.Snapshot snapshot : files.snapshots(storage).reversed()) {
      try {
        SnapshotHeader header = SnapshotFileReader.prove(files, snapshot.path(), storage);
        if (header.stateSequence() >= firstSequence) {
          return OptionalLong.of(header.epoch());
        }
      } catch (MillraceException e) {
        if (e.code() != ErrorCode.CHECKPOINT) {
          throw e;
        }
      }
    }
    return OptionalLong.of(Long.MAX_VALUE);
  }

  /** Whether a start would go on with it. */
  public boolean isUsable() {
    return findings.stream().noneMatch(FileFinding::isDamaged);
  }

  private static final class Inspector {
    private final StateFiles files;
    private final Storage storage;
    private final List<FileFinding> findings = new ArrayList<>();
    private final List<Long> snapshotEpochs = new ArrayList<>();
    private long snapshotBytes;

    Inspector(StateFiles files, Storage storage) {
      this.files = files;
      this.storage = storage;
    }

    StateInspection inspect(long committedEpoch, long stateSequence) {
      List<OperatorState> operators = operators();
      List<FileFinding> segments = journal(stateSequence);
      if (storage.exists(files.directory())) {
        files.snapshots(storage).forEach(snapshot -> look(snapshot, committedEpoch));
        files.unfinished(storage).forEach(path -> leftOver(path, sizeBytes(path)));
      }
      boolean whole = findings.stream().noneMatch(FileFinding::isDamaged);
      if (whole && committedEpoch >= 0) {
        fit(operators, committedEpoch, stateSequence);
      }
      return new StateInspection(
          operators,
          snapshotEpochs,
          segments.stream().mapToLong(FileFinding::records).sum(),
          snapshotBytes,
          segments.stream().mapToLong(FileFinding::sizeBytes).sum(),
          findings);
    }

    private List<OperatorState> operators() {
      Path path = files.schema();
      try {
        if (storage.exists(path)) {
          List<OperatorState> operators = SchemaFile.read(files, storage);
          findings.add(FileFinding.ok(path, sizeBytes(path)));
          return operators;
        }
        findings.add(FileFinding.damaged(path, 0, "it is missing"));
      } catch (MillraceException e) {
        findings.add(FileFinding.damaged(path, sizeBytes(path), e.getMessage()));
      }
      return List.of();
    }

    private List<FileFinding> journal(long stateSequence) {
      if (!Journals.exists(storage, files.journal())) {
        if (stateSequence >= 0) {
          findings.add(FileFinding.damaged(files.journal(), 0, "it is missing"));
        }
        return List.of();
      }
      JournalInspection journal = JournalInspection.of(storage, files.journal(), record -> {});
      findings.addAll(journal.segments());
      long kept = journal.segments().stream().mapToLong(FileFinding::records).sum();
      long end = journal.firstSequence() + kept;
      if (!journal.isDamaged() && end < stateSequence) {
        findings.add(
            FileFinding.damaged(
                files.journal(),
                0,
                "it ends before record "
                    + end
                    + ", the last commit says that it ends before "
                    + stateSequence));
      }
      return journal.segments();
    }

    private void look(StateFiles.Snapshot snapshot, long committedEpoch) {
      if (snapshot.epoch() > committedEpoch) {
        leftOver(snapshot.path(), snapshot.sizeBytes());
        return;
      }
      try {
        SnapshotFileReader.prove(files, snapshot.path(), storage);
        findings.add(FileFinding.ok(snapshot.path(), snapshot.sizeBytes()));
        snapshotEpochs.add(snapshot.epoch());
        snapshotBytes += snapshot.sizeBytes();
      } catch (MillraceException e) {
        if (e.code() != ErrorCode.CHECKPOINT) {
          throw e;
        }
        findings.add(
            new FileFinding(
                snapshot.path(),
                FileFinding.State.PASSED_OVER,
                0,
                snapshot.sizeBytes(),
                -1,
                0,
                0,
                e.getMessage()));
      }
    }

    private void leftOver(Path path, long sizeBytes) {
      findings.add(new FileFinding(path, FileFinding.State.LEFT_OVER, 0, sizeBytes, -1, 0, 0, ""));
    }

    /** Whether there is a way to the committed state. */
    private void fit(List<OperatorState> operators, long committedEpoch, long stateSequence) {
      try {
        long firstSequence = Journals.firstSequence(storage, files.journal());
        StartingPoint.find(files, storage, operators, firstSequence, committedEpoch, stateSequence);
      } catch (MillraceException e) {
        findings.add(FileFinding.damaged(files.directory(), 0, e.getMessage()));
      }
    }

    private long sizeBytes(Path path) {
      return storage.entry(path).map(StorageEntry::sizeBytes).orElse(0L);
    }
  }
}
